// <pattern-map src="…/body.json" plates="…/plates/" data-cells="…" data-words="{…}">:
// a pattern on the body, to be turned and looked at. It stands in a <details>; all that
// it needs is loaded when that is opened.

class PatternMap extends HTMLElement {
  connectedCallback() {
    if (this.started) return;
    this.started = true;
    const fold = this.closest("details");
    const open = () => {
      this.ready ??= this.load();
    };
    if (!fold || fold.open) open();
    else fold.addEventListener("toggle", open, { once: true });
  }

  async load() {
    const words = JSON.parse(this.dataset.words);
    try {
      const { showPattern } = await import("./pattern-view.js");
      await showPattern(this, words);
      this.dataset.ready = "";
    } catch (error) {
      console.error(error);
      this.textContent = words.failed;
    }
  }
}

customElements.define("pattern-map", PatternMap);
