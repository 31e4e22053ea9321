// Comforts of the desk; every form works without them.

const all = document.querySelector("[data-tick-all]");
if (all) {
  all.addEventListener("change", () => {
    for (const box of all.closest("form").querySelectorAll("tbody input[type=checkbox]")) {
      box.checked = all.checked;
    }
  });
}

const running = document.querySelector("[data-running]");
if (running) {
  setTimeout(() => location.reload(), 1000 * Number(running.dataset.running));
}
