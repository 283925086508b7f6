/** Problems in the words of wppconnect-server: its clients look at `status`, `message` and the HTTP status. */
import { PROBLEMS, type Problem } from "../../../contracts/errors.ts";
import type { Answer, DoorRoute } from "./call.ts";

export const NOT_ACTIVE: Answer = {
  status: 404,
  body: { response: null, status: "Disconnected", message: "A sessão do WhatsApp não está ativa." },
};

export function noSuchNumber(phone: string): Answer {
  return {
    status: 400,
    body: { response: null, status: "Connected", message: `O número ${phone} não existe.` },
  };
}

/** Problems of a session that is not connected, which that server answers alike. */
const AWAY = new Set<string>(["session_not_running", "session_not_connected", "session_unavailable"]);
/** Statuses that are passed on: a client has to know of them. Others become that server's 500. */
const PASSED_ON = new Set([400, 404, 408, 409, 413, 415, 422, 429, 501, 503, 504]);

/** The answer to a problem. `error` says what it is, as our own API does. */
export function answerOf(problem: Problem, route: DoorRoute | null): Answer {
  const { type, message, data } = problem;
  const known = PROBLEMS[type];
  const detail = message === "" ? known.title : message;
  if (known.status === 401) return { status: 401, body: { error: detail, message: detail } };
  if (AWAY.has(type)) return NOT_ACTIVE;
  if (type === "number_not_on_whatsapp")
    return { status: 400, body: { response: null, status: "Connected", message: detail } };
  const status = type === "validation" ? 400 : PASSED_ON.has(known.status) ? known.status : 500;
  const failure = route?.live === "phones" ? "Erro ao enviar a mensagem." : detail;
  return {
    status,
    body: {
      status: status === 500 ? "Error" : "error",
      response: null,
      message: status === 500 ? failure : detail,
      error: { code: type, detail, ...(data?.errors === undefined ? {} : { errors: data.errors }) },
    },
  };
}
