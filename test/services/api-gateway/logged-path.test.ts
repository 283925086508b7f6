/** The log shows where a request went, and no phone number. */
import { loggedPath } from "../../../services/api-gateway/logged-path.ts";

const ID = "0195536f8c107d4ba2e15f3c9d7b6e04";

test.each([
  ["/api/v1/sessions/main/chats/15550100002@c.us/messages", "/api/v1/sessions/main/chats/:number/messages"],
  ["/api/v1/sessions/main/chats/%2B1%20555%20010%200002/read", "/api/v1/sessions/main/chats/:number/read"],
  ["/api/v1/sessions/main/chats/15550100002%40c.us/typing", "/api/v1/sessions/main/chats/:number/typing"],
  ["/api/v1/sessions/main/groups/120363000000000001@g.us", "/api/v1/sessions/main/groups/:number"],
  [`/api/v1/sessions/ses_${ID}/contacts/20015550100002@lid`, `/api/v1/sessions/ses_${ID}/contacts/:number`],
  ["/api/v1/sandbox/phones/+15550101000/inbox", "/api/v1/sandbox/phones/:number/inbox"],
  [`/api/v1/messages/msg_${ID}`, `/api/v1/messages/msg_${ID}`],
  ["/api/v1/messages/true_15550100002@c.us_3EB0C767D097B7C0B1D2AF", "/api/v1/messages/:number"],
  ["/api/v1/sessions/support-2/start", "/api/v1/sessions/support-2/start"],
  ["/api/v1/unknown/49-151-2345678", "/api/v1/unknown/:number"],
  ["/livez", "/livez"],
])("%s is logged as %s", (path, expected) => {
  expect(loggedPath(path)).toBe(expected);
});
