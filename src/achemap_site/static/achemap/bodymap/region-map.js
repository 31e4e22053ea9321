// <region-map src="…/body.json" plates="…/plates/" address="/where/" data-words="{…}"
// [region="…"] [plate="…"]>: the way to the pages of regions, by pointing or by arrow keys.
// `region` is lit: a leaf, or a group of them. Loads when it comes into view.

import { loadMap } from "./loading.js";
import { chooser, closer, escaped, figures, frame, views } from "./template.js";
import { Traveller, regionOf } from "./travel.js";
import { PlateView } from "./view.js";

const WAYS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const HERE = { 1: { colour: [206, 66, 72], alpha: 190 } };
const OVER = { 1: { colour: [38, 92, 122], alpha: 120 } };

function markup(plates, words) {
  return `
${views(plates, words)}
<div class="bm-picture">${frame(words, 'role="application"')}
  <p class="bm-look" aria-live="polite"></p></div>
<div class="bm-choosers">${closer(plates, words)}${chooser("figure", figures(words), words.figure)}</div>
<p class="bm-help">${escaped(words.help)}</p>`;
}

class RegionMap extends HTMLElement {
  connectedCallback() {
    if (this.started) return;
    this.started = true;
    this.words = JSON.parse(this.dataset.words);
    const seen = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        seen.disconnect();
        this.ready = this.start().catch((error) => {
          console.error(error);
          this.textContent = this.words.failed;
        });
      },
      { rootMargin: "200px" },
    );
    seen.observe(this);
  }

  get(selector) {
    return this.querySelector(selector);
  }

  async start() {
    this.map = await loadMap(this.getAttribute("src"), this.getAttribute("plates"));
    const first = this.getAttribute("plate") ?? "front";
    await this.map.plate(first, "neutral");
    this.innerHTML = markup(this.map.index.plates, this.words);
    this.stage = this.get(".bm-stage");
    this.view = new PlateView(this.stage);
    this.get(".bm-help").id = "region-map-help";
    this.stage.setAttribute("aria-describedby", "region-map-help");
    this.listen();
    await this.show(first);
    this.dataset.ready = "";
  }

  listen() {
    const { stage } = this;
    stage.addEventListener("pointermove", (event) => event.pointerType === "mouse" && this.look(this.under(event)));
    stage.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && this.look(null));
    stage.addEventListener("click", (event) => this.press(event));
    stage.addEventListener("keydown", (event) => this.key(event));
    this.view.listenToLooking();
    this.addEventListener("click", ({ target }) => {
      const { plate, act } = target.closest("button")?.dataset ?? {};
      if (plate) this.show(plate);
      if (act) this.view.zoomBy(act === "zoomIn" ? 1.5 : 1 / 1.5);
    });
    this.addEventListener("change", ({ target }) => {
      if (target.name === "figure") this.show(this.plate.name);
      else if (target.value) this.show(target.value);
    });
  }

  async show(name) {
    const figure = this.get("select[name=figure]").value;
    this.wanted = `${name} ${figure}`;
    const plate = await this.map.plate(name, figure);
    if (this.wanted !== `${name} ${figure}`) return;
    this.plate = plate;
    this.view.show(plate);
    this.traveller = new Traveller(plate, this.map.body, OVER);
    this.here = this.ownRegions.length
      ? new Traveller(plate, this.map.body, HERE).mask(this.ownRegions.map((id) => [id, "both"]))
      : null;
    for (const id of this.ownRegions) if (this.traveller.goTo([id])) break;
    this.look(null);
    this.label();
  }

  label() {
    const { about, name } = this.plate;
    const [left, right] = about.viewer ?? ["", ""];
    this.stage.setAttribute("aria-label", this.words.stage.replace("{view}", about.title));
    this.stage.dataset.plate = name;
    this.get("select[name=closer]").value = about.closeUp ? name : "";
    for (const button of this.querySelectorAll(".bm-views button")) {
      button.setAttribute("aria-pressed", String(button.dataset.plate === name));
    }
    this.get(".bm-side-l").textContent = this.words.sides[left] ?? "";
    this.get(".bm-side-r").textContent = this.words.sides[right] ?? "";
  }

  /** The leaf regions of this page. */
  get ownRegions() {
    const own = this.getAttribute("region");
    return this.map.index.regions.filter(({ id, parent }) => own && (id === own || parent === own)).map(({ id }) => id);
  }

  under(event) {
    const cell = this.plate.cellAt(...this.view.place(event));
    return cell < 0 ? null : regionOf(this.map.body, cell);
  }

  /** Lights up a region and names it, with a link to its page. */
  look(region) {
    this.at = region;
    this.view.layers = [this.here, this.traveller.light(region)].filter(Boolean);
    this.view.draw();
    const line = this.get(".bm-look");
    const named = region?.join(" ") ?? "";
    if (line.dataset.region === named) return;
    line.dataset.region = named;
    line.replaceChildren();
    if (!region) return;
    const link = document.createElement("a");
    link.className = "bm-go";
    link.href = this.addressOf(region);
    const { name } = this.map.body.regions[this.map.body.indexOf.get(region[0])];
    link.textContent = this.words.go.replace("{name}", name);
    line.append(link);
  }

  addressOf([id]) {
    return `${this.getAttribute("address")}${id}/`;
  }

  /** A mouse goes at once; a finger cannot hover, so its first touch only names the part. */
  press(event) {
    const region = this.under(event);
    if (!region || this.view.dragged) return;
    const known = this.at?.join(" ") === region.join(" ");
    if (event.pointerType !== "mouse" && !known) this.look(region);
    else location.assign(this.addressOf(region));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (WAYS[event.key]) this.look(this.traveller.step(WAYS[event.key]));
    else if (event.key === "Enter" && this.at) location.assign(this.addressOf(this.at));
    else if (event.key === "+" || event.key === "=") this.view.zoomBy(1.25);
    else if (event.key === "-") this.view.zoomBy(0.8);
    else if (event.key === "Escape" && this.at) this.look(null);
    else return;
    event.preventDefault();
  }
}

customElements.define("region-map", RegionMap);
