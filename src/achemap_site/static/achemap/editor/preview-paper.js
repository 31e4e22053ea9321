// The preview on paper: rules for paper hold on this screen, those for screens do not.
for (const sheet of document.styleSheets) {
  for (const rule of sheet.cssRules) {
    if (!(rule instanceof CSSMediaRule)) continue;
    const { media } = rule;
    if (/\bprint\b/.test(media.mediaText)) media.mediaText = "all";
    else if (/prefers-color-scheme: *dark|\bscreen\b/.test(media.mediaText)) media.mediaText = "not all";
  }
}
