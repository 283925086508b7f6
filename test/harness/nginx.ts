/** A real nginx in front of app processes, as in docker-compose.yml but without TLS and limits. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./port.ts";
import { until } from "./system.ts";

export interface Nginx {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Balances over these origins. */
export async function startNginx(origins: readonly string[]): Promise<Nginx> {
  const program = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx"].find((path) => existsSync(path));
  if (program === undefined)
    throw new Error("nginx is not installed; run `npm run setup`, or install the package nginx");
  const folder = mkdtempSync(join(tmpdir(), "wpp-nginx-"));
  const port = await freePort();
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const servers = origins.map((origin) => `server ${new URL(origin).host} max_fails=1 fail_timeout=1s;`);
  writeFileSync(
    join(folder, "nginx.conf"),
    `daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(" ")}
  client_max_body_size 24m;
  map $http_upgrade $connection_upgrade { default ""; ~*^websocket$ upgrade; }
  upstream app { least_conn; ${servers.join(" ")} keepalive 16; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://app;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
    }
  }
}
`,
  );
  const child = spawn(program, ["-c", join(folder, "nginx.conf")], { stdio: "ignore" });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const origin = `http://127.0.0.1:${port}`;
  await until(async () => (await fetch(`${origin}/livez`).catch(() => null))?.status === 200, 10_000);
  return {
    origin,
    stop: async () => {
      child.kill("SIGQUIT");
      child.kill("SIGTERM");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
