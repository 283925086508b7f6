/** Linking a session to an account: the QR code, the pairing code, and a screenshot of the page. */
import { z } from "zod";
import { object, route } from "../route.ts";
import { DRIVER_PROBLEMS, SessionParams } from "./session.ts";

const tag = "Sessions";

export const Qr = z
  .object({
    qr: z.string().describe("The text that a phone scans"),
    attempt: z.int().describe("Counts the codes of this pairing, from 1"),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: "Qr" });

const qrRoute = {
  method: "GET",
  permission: "session:pair",
  description:
    "A code is valid for some seconds, until the next one replaces it: get it again when `expiresAt` has passed. " +
    "`no_qr` means that there is none yet; `already_linked` that none is needed.",
  tag,
  params: SessionParams,
  query: object({
    wait: z.coerce.number().int().min(0).max(60).default(0).describe("Seconds to wait for a code to appear"),
  }),
  problems: ["no_qr", "already_linked", "session_not_running", "session_unavailable"],
} as const;

export const getQr = route({
  ...qrRoute,
  path: "/sessions/:session/qr",
  action: "session.qr",
  summary: "Get the text of the QR code to scan",
  responses: { 200: Qr },
});

export const getQrPng = route({
  ...qrRoute,
  path: "/sessions/:session/qr.png",
  action: "session.qrPng",
  summary: "Get the QR code to scan as a PNG image",
  responses: { 200: z.string() },
  produces: ["image/png"],
});

export const getQrSvg = route({
  ...qrRoute,
  path: "/sessions/:session/qr.svg",
  action: "session.qrSvg",
  summary: "Get the QR code to scan as an SVG image",
  responses: { 200: z.string() },
  produces: ["image/svg+xml"],
});

export const requestPairingCode = route({
  method: "POST",
  path: "/sessions/:session/pairing-code",
  action: "session.pairingCode",
  permission: "session:pair",
  summary: "Request a code to enter on the phone instead of scanning",
  tag,
  params: SessionParams,
  body: object({ phone: z.string().min(3).max(40).describe("The account's number: E.164 with or without +") }),
  responses: {
    200: z.object({
      code: z.string().describe("Enter it on the phone: Linked devices, link with phone number"),
      expiresAt: z.iso.datetime(),
    }),
  },
  problems: ["already_linked", ...DRIVER_PROBLEMS],
});

export const getScreenshot = route({
  method: "GET",
  path: "/sessions/:session/screenshot",
  action: "session.screenshot",
  permission: "session:pair",
  summary: "Take a screenshot of the session's page; once it is linked, this requires message:read too",
  tag,
  params: SessionParams,
  query: object({
    of: z
      .enum(["now", "failure"])
      .default("now")
      .describe(
        "`failure`: the one that was kept when the session last failed to start (`screenshotAt` of its evidence)",
      ),
  }),
  responses: { 200: z.string() },
  produces: ["image/png"],
  problems: DRIVER_PROBLEMS,
});

export const pairingRoutes = [getQr, getQrPng, getQrSvg, requestPairingCode, getScreenshot];
