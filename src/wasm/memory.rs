//! Where the module's memory comes from.

use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

/// The module has one thread.
#[global_allocator]
static MEMORY: WasmDynamicTalc = new_wasm_dynamic_allocator();
