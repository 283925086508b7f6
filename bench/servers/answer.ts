/** An answer of the size of an accepted message. */
export const ANSWER = {
  id: "msg_01a2070e4132773096badbb6ae0a4d65",
  sessionId: "ses_01a2070e4132773096badbb6ae0a4d65",
  direction: "outbound",
  type: "text",
  chat: { chatId: "15550100001@c.us", phone: "+15550100001", lid: null },
  status: "queued",
  text: "x",
  content: {},
  mentions: [],
  reactions: {},
  waId: "3EB0054B46D1EEE9C4AA42",
  priority: "normal",
  attempts: 0,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
};
