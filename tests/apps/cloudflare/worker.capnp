using Workerd = import "/workerd/workerd.capnp";

# What wrangler.toml and the platform say in production.
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    # The test's stand-in for Clerk's Backend API is on this machine.
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [
    (name = "worker", esModule = embed "dist/worker.js"),
    (name = "./sessiongate_bg.wasm", wasm = embed "dist/sessiongate_bg.wasm"),
  ],
  compatibilityDate = "2025-01-01",
  bindings = [
    (name = "PROVIDER", fromEnvironment = "PROVIDER"),
    (name = "APP_ORIGIN", fromEnvironment = "APP_ORIGIN"),
    (name = "CLERK_PUBLISHABLE_KEY", fromEnvironment = "CLERK_PUBLISHABLE_KEY"),
    (name = "CLERK_SECRET_KEY", fromEnvironment = "CLERK_SECRET_KEY"),
    (name = "CLERK_JWT_KEY", fromEnvironment = "CLERK_JWT_KEY"),
    (name = "CLERK_API_URL", fromEnvironment = "CLERK_API_URL"),
    (name = "SUPERTOKENS_JWKS", fromEnvironment = "SUPERTOKENS_JWKS"),
  ],
);
