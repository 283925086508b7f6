# One image for every role; WPP_SERVICES selects the services. Only session nodes need a browser:
#   docker build -t wppconnect-agent-system:0.1.0 .
#   docker build -t wppconnect-agent-system:0.1.0-chromium --build-arg CHROMIUM=1 .
# ffmpeg converts media in the processes that run the service message; an image without it, --build-arg FFMPEG=0,
# refuses what would have to be converted.

# The Node version of the tests (optionalDependencies in package.json). Debian rather than Alpine, because Chromium and
# the prebuilt bcrypt require glibc.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS dependencies
ARG CHROMIUM=0
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No install scripts are run. The Node that npm installs with the project is redundant in this image, and without a
# browser so is the library for it, with its archive of WhatsApp Web's pages.
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --ignore-scripts \
    && if [ "${CHROMIUM}" != 1 ]; then \
         npm pkg delete "dependencies.@wppconnect-team/wppconnect" dependencies.puppeteer \
         && npm prune --omit=dev --ignore-scripts; \
       fi \
    && rm -rf node_modules/node-linux-* node_modules/.bin/node

FROM ${NODE_IMAGE}
ARG CHROMIUM=0
ARG FFMPEG=1
ARG COMMIT=
# tini runs as PID 1 and reaps the child processes that browsers leave behind.
RUN apt-get update \
    && apt-get install -y --no-install-recommends tini ca-certificates \
    && if [ "${CHROMIUM}" = 1 ]; then \
         apt-get install -y --no-install-recommends \
           chromium-headless-shell fonts-liberation fonts-noto-color-emoji fonts-noto-cjk; \
       fi \
    && if [ "${FFMPEG}" = 1 ]; then apt-get install -y --no-install-recommends ffmpeg; fi \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 wpp \
    && useradd --uid 10001 --gid wpp --no-create-home --home-dir /tmp --shell /usr/sbin/nologin wpp \
    && install -d -m 0700 -o wpp -g wpp /data
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY . .

# A numeric id, so that Kubernetes can verify that it is not root. Only /data and /tmp are written to.
USER 10001:10001
ENV NODE_ENV=production \
    HOME=/tmp \
    WPP_HOST=0.0.0.0 \
    WPP_DATA_DIR=/data \
    WPP_COMMIT=${COMMIT}
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", \
         "fetch(`http://127.0.0.1:${process.env.WPP_PORT ?? 3000}/readyz`) \
            .then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "scripts/start.ts"]
