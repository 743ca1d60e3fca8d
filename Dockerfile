# A local Astro in a container: docs/ci.md#in-a-container. The token that it accepts is a file, which is mounted when it starts.

FROM node:22-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json tsconfig.json ./
COPY scripts/ scripts/
COPY src/ src/
COPY fixtures/ fixtures/
RUN npm ci --ignore-scripts --no-audit --no-fund \
  && npm run build \
  && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json LICENSE ./
COPY bin/ bin/
COPY fixtures/ fixtures/
COPY --from=build /build/node_modules/ node_modules/
COPY --from=build /build/dist/ dist/
# By number, so that Kubernetes can check runAsNonRoot. It is the user "node" of the base image.
USER 1000:1000
EXPOSE 8888
STOPSIGNAL SIGTERM
# Any answer of the server is a good one: without a token it is 401 or 404.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8888/').then(({ status }) => process.exit(status < 500 ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/bin/astro-scim.js", "serve", "--host", "0.0.0.0", "--port", "8888", "--token-file", "/run/secrets/astro-scim-token.txt"]
