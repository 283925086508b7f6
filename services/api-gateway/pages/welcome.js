// The token is in the fragment, so it never appears in a server's log. It is removed from the address bar immediately.
const token = decodeURIComponent(location.hash.slice(1));
history.replaceState(null, "", location.pathname);

const element = (id) => document.getElementById(id);
let accessToken = "";

function show(id) {
  for (const section of ["no-token", "register", "done"]) element(section).hidden = section !== id;
}

async function post(path, body) {
  const headers = {
    "Content-Type": "application/json",
    ...(accessToken === "" ? {} : { Authorization: `Bearer ${accessToken}` }),
  };
  const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  const data = await response.json();
  if (!response.ok) throw data;
  return data;
}

function showProblem(problem) {
  let isShown = false;
  for (const { pointer, detail } of problem.errors ?? []) {
    const field = document.querySelector(`[data-for="${CSS.escape(pointer.slice(1))}"]`);
    if (field === null) continue;
    field.textContent = detail;
    element(pointer.slice(1)).setAttribute("aria-invalid", "true");
    isShown = true;
  }
  if (!isShown) element("failure").textContent = problem.detail ?? "The server cannot be reached; try again";
}

function clearProblems() {
  for (const field of document.querySelectorAll(".wrong")) field.textContent = "";
  for (const input of document.querySelectorAll("input")) input.removeAttribute("aria-invalid");
}

element("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  clearProblems();
  element("submit").disabled = true;
  try {
    const fields = Object.fromEntries(new FormData(event.target));
    const registered = await post("/api/v1/auth/register", { ...fields, setupToken: token });
    accessToken = registered.accessToken;
    element("organization").textContent = registered.tenant.name;
    showExample("<your key>");
    show("done");
  } catch (problem) {
    showProblem(problem);
  } finally {
    element("submit").disabled = false;
  }
});

function showExample(key) {
  element("example").textContent = [
    `curl -X POST ${location.origin}/api/v1/sessions \\`,
    `  -H 'X-Api-Key: ${key}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '{"name": "support", "network": "whatsapp"}'`,
  ].join("\n");
}

element("create-key").addEventListener("click", async () => {
  element("create-key").disabled = true;
  element("key-failure").textContent = "";
  try {
    const me = await (await fetch("/api/v1/auth/me", { headers: { Authorization: `Bearer ${accessToken}` } })).json();
    const scopes = me.permissions.filter((permission) => permission !== "platform:admin");
    const created = await post("/api/v1/api-keys", { name: "First key", scopes });
    element("key").textContent = created.key;
    element("key-shown").hidden = false;
    element("create-key").hidden = true;
    showExample(created.key);
  } catch (problem) {
    element("key-failure").textContent = problem.detail ?? "The server cannot be reached; try again";
    element("create-key").disabled = false;
  }
});

element("copy-key").addEventListener("click", async () => {
  await navigator.clipboard.writeText(element("key").textContent);
  element("copy-key").textContent = "Copied";
});

show(token === "" ? "no-token" : "register");
