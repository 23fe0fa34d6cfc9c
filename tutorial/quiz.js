// Turns the task lists of a "Predict" section into a quiz: click an option, then read why.
(function () {
  "use strict";

  /** The elements between the heading "Predict" and the next heading. */
  function predictSection() {
    const heading = document.getElementById("predict");
    const found = [];
    for (let next = heading && heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) {
      found.push(next);
    }
    return found;
  }

  /** Makes one list clickable; `why` stays hidden until an option was chosen. */
  function makeQuiz(list, why) {
    const options = Array.from(list.children);
    list.classList.add("quiz");
    list.setAttribute("role", "radiogroup");
    if (why) why.hidden = true;
    options.forEach(function (option) {
      const box = option.querySelector("input[type=checkbox]");
      const right = box.checked;
      box.remove();
      option.setAttribute("role", "radio");
      option.setAttribute("aria-checked", "false");
      option.tabIndex = 0;
      function choose() {
        options.forEach(function (other) {
          other.classList.remove("chosen-right", "chosen-wrong");
          other.setAttribute("aria-checked", "false");
        });
        option.classList.add(right ? "chosen-right" : "chosen-wrong");
        option.setAttribute("aria-checked", "true");
        if (why && right) why.hidden = false;
      }
      option.addEventListener("click", choose);
      option.addEventListener("keydown", function (event) {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          choose();
        }
      });
    });
  }

  predictSection().forEach(function (element) {
    if (element.tagName === "UL" && element.querySelector("input[type=checkbox]")) {
      const next = element.nextElementSibling;
      makeQuiz(element, next && next.tagName === "BLOCKQUOTE" ? next : null);
    }
  });
})();
