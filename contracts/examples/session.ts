/** Examples for sessions, and for the chats, contacts, groups and presence of their accounts. */
const ANA = "+15550100002";
const BEN = "+15550100003";
const participants = { "One person": { participants: [BEN] } };

export const sessionExamples = {
  "session.create": {
    "A session on the sandbox": { name: "support", network: "sandbox" },
    "A session on WhatsApp": { name: "sales", network: "whatsapp", settings: { country: "BR" } },
  },
  "session.update": { "A setting and a label": { settings: { minGapMs: 2_000 }, metadata: { team: "support" } } },
  "session.resumeQueue": { "Send what waits from the new account": { waiting: "send" } },
  "session.pairingCode": { "The account's phone number": { phone: "+15550100001" } },
  "profile.update": { "A name and an about text": { name: "Support", about: "Here from 9 to 5" } },
  "profile.setPicture": { "A picture from the web": { media: { url: "https://files.example.com/logo.png" } } },
  "profile.updateBusiness": {
    "Opening hours": {
      description: "Flowers, delivered",
      hours: {
        config: { mon: { mode: "specific_hours", hours: [[540, 1080]] } },
        timezone: "America/Sao_Paulo",
      },
    },
  },
  "profile.updatePrivacy": {
    "Seen by contacts, except one": { lastSeen: { value: "contacts_except", people: [BEN] }, readReceipts: "none" },
  },
  "contact.check": { "Two numbers": { phones: [ANA, "+15550199999"] } },
  "contact.save": { "A name": { name: "Ana Souza" } },
  "group.setPicture": { "A picture from the web": { media: { url: "https://files.example.com/logo.png" } } },
  "message.invite": { "With words": { to: "+15550100003", text: "Come and join us" } },
  "message.postStatus": { "A text": { type: "text", text: "Open until nine today" } },
  "channel.viewStatus": { "Of a contact": { from: ANA } },
  "group.communities.create": { "Without groups": { name: "House", description: "All floors" } },
  "group.communities.addGroups": { "A group": { groups: ["120363000000000001@g.us"] } },
  "group.communities.removeGroups": { "A group": { groups: ["120363000000000001@g.us"] } },
  "contact.setDisappearing": { "After a week": { seconds: 604_800 } },
  "business.products.create": {
    "A product": {
      name: "Soap",
      price: 4_990,
      currency: "EUR",
      picture: { url: "https://files.example.com/soap.png" },
    },
  },
  "business.products.update": { "Another price": { price: 5_500 } },
  "business.collections.create": { "A collection": { name: "Bath", products: ["1"] } },
  "business.collections.update": { "Another name": { name: "Bathroom" } },
  "channel.create": { "A channel": { name: "Weather", description: "Every morning" } },
  "channel.update": { "Another name": { name: "Weather and traffic" } },
  "business.labels.create": { "A label": { name: "New order", color: 3 } },
  "business.labels.update": { "Another name": { name: "Paid" } },
  "business.labels.setOfChat": { "One label": { labels: ["1"] } },
  "business.lists.create": { "A list": { name: "Family" } },
  "business.lists.update": { "Another name": { name: "Friends" } },
  "business.lists.setOfChat": { "No list": { lists: [] } },
  "group.create": { "A group of three": { name: "Deliveries", participants: [ANA, BEN] } },
  "group.update": { "A description, and only admins send": { description: "Who delivers what", announce: true } },
  "group.addParticipants": participants,
  "group.removeParticipants": participants,
  "group.promote": participants,
  "group.demote": participants,
  "group.join": { "An invite link": { invite: "https://chat.whatsapp.com/BkQ7Vt2mXz9LwYp4RsNcJd" } },
  "group.answerRequests": { "Let someone in": { participants: [BEN], decision: "approve" } },
  "presence.typing": { "Typing for three seconds": { state: "typing", duration: 3_000 } },
  "presence.subscribe": { "One contact": { chatIds: ["15550100002@c.us"] } },
  "presence.set": { Online: { available: true } },
};
