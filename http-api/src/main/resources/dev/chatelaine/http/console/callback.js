const given = new URLSearchParams(location.search);
history.replaceState(null, "", location.pathname);
const message = document.getElementById("message");
if (given.has("error")) {
  message.textContent = "Your organisation's provider did not sign you in.";
} else {
  const response = await fetch("/console/session/openid", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code: given.get("code"), state: given.get("state") }),
  });
  const answer = await response.json();
  if (response.ok) {
    location.replace(answer.next);
  } else {
    message.textContent = answer.detail;
  }
}
