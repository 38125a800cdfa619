const next = new URLSearchParams(location.search).get("next") ?? "/console";
const message = document.getElementById("message");
const button = document.getElementById("openid");

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.detail);
  }
  return answer;
}

button.addEventListener("click", async () => {
  try {
    location.assign((await post("/console/session/openid/start", { next })).location);
  } catch (problem) {
    message.textContent = problem.message;
  }
});

const link = location.hash.slice(1);
if (link) {
  history.replaceState(null, "", location.pathname + location.search);
  try {
    location.replace((await post("/console/session/link", { link, next })).next);
  } catch (problem) {
    message.textContent = problem.message;
  }
}
button.hidden = !(await (await fetch("/console/session/options")).json()).openid;
