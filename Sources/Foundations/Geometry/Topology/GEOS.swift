import CGEOS
import Synchronization

/// A GEOS context handle with the last error it reported. One thread uses it at a time: ``GEOS`` lends it out.
final class GEOSContext: @unchecked Sendable {
    // Confined to whoever borrowed the context; the pool's mutex passes it from thread to thread.
    let handle: GEOSContextHandle_t
    fileprivate(set) var lastError = ""

    init?() {
        guard let handle = GEOS_init_r() else { return nil }
        self.handle = handle
        // Unretained: the handle, which holds the pointer, is destroyed with this object.
        let user = Unmanaged.passUnretained(self).toOpaque()
        GEOSContext_setErrorMessageHandler_r(
            handle,
            { message, user in
                guard let message, let user else { return }
                Unmanaged<GEOSContext>.fromOpaque(user).takeUnretainedValue().lastError = String(cString: message)
            }, user)
    }

    deinit { GEOS_finish_r(handle) }

    var failure: GeometryError { GeometryError(.topology(lastError.isEmpty ? "GEOS gave no reason" : lastError)) }
}

/// Lends GEOS contexts to threads. GEOS objects are not tied to the context that made them, only errors are, so a
/// prepared geometry made with one context is used and freed with another.
enum GEOS {
    private static let idle = Mutex<[GEOSContext]>([])

    static func with<T>(_ body: (GEOSContext) throws(GeometryError) -> T) throws(GeometryError) -> T {
        guard let context = idle.withLock({ $0.popLast() }) ?? GEOSContext() else {
            throw GeometryError(.topology("GEOS cannot be started"))
        }
        context.lastError = ""
        defer { idle.withLock { if $0.count < 64 { $0.append(context) } } }
        return try body(context)
    }

    /// The answer of a GEOS predicate: 0, 1, or 2 for an exception.
    static func answer(_ code: CChar, _ context: GEOSContext) throws(GeometryError) -> Bool {
        guard code != 2 else { throw context.failure }
        return code == 1
    }
}

/// A geometry in GEOS's own form. Immutable after it was made, so several threads may read it.
final class GEOSShape: @unchecked Sendable {
    let pointer: OpaquePointer

    init(_ geometry: Geometry, _ context: GEOSContext) throws(GeometryError) {
        var writer = WKBWriter(withAltitude: false)
        writer.write(geometry)
        let reader = GEOSWKBReader_create_r(context.handle)
        defer { GEOSWKBReader_destroy_r(context.handle, reader) }
        guard let pointer = GEOSWKBReader_read_r(context.handle, reader, writer.bytes, writer.bytes.count) else {
            throw context.failure
        }
        self.pointer = pointer
    }

    /// Takes over what a GEOS call returned; `nil` is its exception.
    init(taking pointer: OpaquePointer?, _ context: GEOSContext) throws(GeometryError) {
        guard let pointer else { throw context.failure }
        self.pointer = pointer
    }

    deinit {
        try? GEOS.with { context throws(GeometryError) in GEOSGeom_destroy_r(context.handle, pointer) }
    }

    func geometry(_ context: GEOSContext) throws(GeometryError) -> Geometry {
        if GEOSisEmpty_r(context.handle, pointer) == 1 { return .geometryCollection([]) }
        let writer = GEOSWKBWriter_create_r(context.handle)
        defer { GEOSWKBWriter_destroy_r(context.handle, writer) }
        GEOSWKBWriter_setOutputDimension_r(context.handle, writer, 2)
        var size = 0
        guard let bytes = GEOSWKBWriter_write_r(context.handle, writer, pointer, &size) else { throw context.failure }
        defer { GEOSFree_r(context.handle, bytes) }
        return try Geometry(wkb: Array(UnsafeBufferPointer(start: bytes, count: size)))
    }
}
