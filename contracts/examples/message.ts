/** Examples for messages, from the account and from simulated phones. */
const TO = "+15550100002";
const MESSAGE = "msg_0195536fa1d47c3e9b0a4c6d8e2f1a70";
/** A PNG of one pixel. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
const FILES = "https://files.example.com";

export const messageExamples = {
  "message.send": {
    "A text": { to: TO, type: "text", text: "Your order is on its way" },
    "A text that answers a message": { to: TO, type: "text", text: "Yes, today", replyTo: MESSAGE },
    "A text for tomorrow, with an id of your own": {
      to: TO,
      type: "text",
      text: "Good morning",
      sendAt: "2026-03-03T08:00:00Z",
      clientRef: "order-1042",
    },
    "An image by URL": { to: TO, type: "image", media: { url: `${FILES}/parcel.png` }, caption: "Your parcel" },
    "An image as base64": { to: TO, type: "image", media: { base64: PIXEL } },
    "A video by URL": { to: TO, type: "video", media: { url: `${FILES}/tour.mp4` } },
    "A voice message by URL": { to: TO, type: "voice", media: { url: `${FILES}/hello.ogg` } },
    "A document that was uploaded": {
      to: TO,
      type: "document",
      media: { uploadId: "upl_0195536fb7e67a2f8c1d3e5f70819a2b", filename: "invoice.png" },
    },
    "A location": {
      to: TO,
      type: "location",
      latitude: -23.5614,
      longitude: -46.6559,
      name: "Our shop",
      address: "Avenida Paulista 1000",
    },
    "A contact card": { to: TO, type: "contact", contacts: [{ name: "Ben Costa", phone: "+15550100003" }] },
    "A poll": { to: TO, type: "poll", question: "When shall we deliver?", options: ["Monday", "Tuesday"] },
    "A list": {
      to: TO,
      type: "list",
      text: "What would you like?",
      buttonText: "Open the menu",
      sections: [{ title: "Food", rows: [{ id: "pizza", title: "Pizza", description: "With cheese" }] }],
    },
    Buttons: {
      to: TO,
      type: "buttons",
      text: "Shall we deliver today?",
      buttons: [
        { text: "Yes", id: "today" },
        { text: "Tomorrow", id: "tomorrow" },
      ],
    },
    "An event": { to: TO, type: "event", name: "Opening of our shop", startsAt: "2026-05-02T10:00:00Z", call: "video" },
    "A Pix key": { to: TO, type: "pix", keyType: "EMAIL", name: "Our shop", key: "pay@example.com" },
    "What is to be paid": {
      to: TO,
      type: "order",
      text: "As agreed",
      items: [{ name: "Pizza", quantity: 2, price: 12_500 }],
      shipping: 3_000,
    },
    "A reaction": { to: TO, type: "reaction", messageId: MESSAGE, emoji: "👍" },
    "A forwarded message": { to: TO, type: "forward", messageId: MESSAGE },
  },
  "message.bulk": {
    "A text to two people": {
      recipients: [TO, "+15550100003"],
      message: { type: "text", text: "We are closed on Monday" },
    },
  },
  "message.edit": { "The new text": { text: "Your order arrives on Tuesday" } },
  "message.forward": { "To one person": { to: "+15550100003" } },
  "message.pin": { "For a day": { seconds: 86_400 } },
  "message.keep": { "No longer": { keep: false } },
  "message.star": { Unstar: { star: false } },
  "sandbox.createPhone": { "A phone that reads its messages": { phone: TO, name: "Ana", autoRead: true } },
  "sandbox.changePhone": { "Without network": { online: false } },
  "sandbox.scan": { "The text of the QR code": { qr: "2@pT0xE5iVn3oQkYs8rWz1uA==" } },
  "sandbox.sendMessage": {
    "A text": { to: "+15550100001", text: "Is my order on its way?" },
    "An image": { to: "+15550100001", type: "image", media: { base64: PIXEL, mimetype: "image/png" } },
  },
  "sandbox.sendTyping": { Typing: { to: "+15550100001", state: "typing" } },
  "sandbox.setPresence": { Online: { state: "online" } },
  "sandbox.readChat": { "The chat with the account": { from: "+15550100001" } },
  "sandbox.unlinkDevices": { "One device": { device: 1 } },
  "sandbox.call": { "A video call": { to: "+15550100001", video: true } },
  "sandbox.act": {
    "Saving the account as a contact": { act: "saveContact", input: { id: "15550100001@c.us", name: "Support" } },
  },
  "sandbox.setFaults": { "Slow, and unacknowledged": { latencyMs: 200, dropAcks: true } },
};
