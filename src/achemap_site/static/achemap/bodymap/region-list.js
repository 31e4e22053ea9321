// The list path: every region as native checkboxes, with a search box.
// It paints the same cells as the picture.

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key in made && key !== "list") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

export class RegionList {
  constructor(root, { index, words, toggle }) {
    this.toggle = toggle;
    this.words = words;
    this.boxes = new Map();
    this.search = element("input", {
      type: "search",
      className: "bm-search",
      enterKeyHint: "search",
      placeholder: words.searchHint,
      autocomplete: "off",
    });
    this.search.setAttribute("aria-label", words.search);
    this.none = element("p", { className: "bm-none", hidden: true, textContent: words.noRegion });
    this.groups = index.groups.map((group) => this.group(group, index.regions));
    root.append(this.search, this.none, ...this.groups.map(({ node }) => node));
    this.search.addEventListener("input", () => this.filter());
  }

  group(group, regions) {
    const rows = regions
      .filter((region) => region.parent === group.id)
      .map((region) => this.row(region));
    const node = element(
      "details",
      { className: "bm-group" },
      element("summary", { textContent: group.name }),
      ...rows.map((row) => row.node),
    );
    return { node, rows };
  }

  row(region) {
    const sides = region.sides === "midline" ? ["both"] : ["left", "right"];
    const boxes = sides.map((side) => {
      const box = element("input", { type: "checkbox" });
      box.addEventListener("change", () => this.toggle(region.id, side));
      this.boxes.set(`${region.id} ${side}`, box);
      const label = side === "both" ? region.name : this.words.short[side];
      const spoken = side === "both" ? region.name : `${region.name}, ${label}`;
      box.setAttribute("aria-label", spoken);
      return element("label", { className: "bm-box" }, box, element("span", { textContent: label, ariaHidden: "true" }));
    });
    const name = region.sides === "midline" ? "" : region.name;
    const node = element("div", { className: "bm-row" }, element("span", { className: "bm-name", textContent: name, ariaHidden: "true" }), ...boxes);
    const text = [region.name, region.term, ...(region.synonyms ?? [])].join(" ").toLowerCase();
    return { node, text };
  }

  filter() {
    const wanted = this.search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let any = false;
    for (const { node, rows } of this.groups) {
      let found = 0;
      for (const row of rows) {
        row.node.hidden = !wanted.every((word) => row.text.includes(word));
        if (!row.node.hidden) found += 1;
      }
      node.hidden = !found;
      node.open = wanted.length > 0 && found > 0;
      any ||= found > 0;
    }
    this.none.hidden = any;
  }

  /** Ticks what is painted: full, partly, or not. */
  update(painting) {
    const areas = new Map();
    for (const { region, side, cm2 } of painting.places()) {
      areas.set(`${region} ${side === "middle" ? "both" : side}`, cm2);
    }
    for (const [key, box] of this.boxes) {
      if (!areas.has(key)) {
        box.checked = false;
        box.indeterminate = false;
        continue;
      }
      const share = painting.share(...key.split(" "));
      box.checked = share > 0.5;
      box.indeterminate = share <= 0.5;
    }
  }
}
