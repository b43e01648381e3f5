// Turns a printed self-check into one that answers. Without it the answers stand folded under the questions.
"use strict";

(() => {
  const make = (tag, className, text = "") => {
    const node = document.createElement(tag);
    node.className = className;
    node.textContent = text;
    return node;
  };

  const reasonFor = (question, letter) => {
    const term = [...question.querySelectorAll(".reasons dt")].find((dt) => dt.textContent.trim().startsWith(`${letter} `));
    const reason = term?.nextElementSibling.cloneNode(true);
    for (const node of reason?.querySelectorAll("[id]") ?? []) node.removeAttribute("id");
    return reason ? [...reason.childNodes] : [];
  };

  const setUp = (check) => {
    const questions = [...check.querySelectorAll(".question")];
    const firstTries = new Map();
    const score = make("p", "score");
    score.setAttribute("role", "status");
    check.append(score);

    const enhance = (question, index) => {
      const list = question.querySelector(".options");
      const text = question.querySelector(".question-text");
      text.id ||= `${check.id || "self-check"}-question-${index + 1}`;
      list.setAttribute("role", "radiogroup");
      list.setAttribute("aria-labelledby", text.id);
      [...list.children].forEach((item, place) => {
        item.setAttribute("role", "none");
        const label = document.createElement("label");
        const input = document.createElement("input");
        input.type = "radio";
        input.name = text.id;
        input.value = String.fromCharCode(65 + place);
        const words = document.createElement("span");
        words.append(...(item.querySelector("p") ?? item).childNodes);
        label.append(input, words);
        item.replaceChildren(label);
      });
      const button = make("button", "check-answer", "Check");
      button.type = "button";
      button.setAttribute("aria-label", `Check question ${index + 1}`);
      const feedback = make("div", "feedback");
      feedback.setAttribute("role", "status");
      list.after(button, feedback);
      button.addEventListener("click", () => {
        const chosen = list.querySelector("input:checked")?.value;
        const right = chosen === question.dataset.right;
        feedback.className = right ? "feedback right" : "feedback";
        if (!chosen) {
          feedback.replaceChildren(make("p", "", "Choose an answer first."));
          return;
        }
        const verdict = right ? `✓ ${chosen} is right.` : `✗ ${chosen} is not right. Try another, or open the answer below.`;
        feedback.replaceChildren(make("p", "verdict", verdict), ...reasonFor(question, chosen));
        if (!firstTries.has(index)) firstTries.set(index, right);
        if (firstTries.size === questions.length) {
          const good = [...firstTries.values()].filter(Boolean).length;
          score.textContent = `${good} of ${questions.length} right at the first try.`;
        }
      });
    };
    questions.forEach(enhance);
  };

  document.querySelectorAll("[data-self-check]").forEach(setUp);
})();
