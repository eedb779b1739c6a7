import HTTPTypes
import Storage

extension Site {
    /// Adds what every answer has, and leaves out what this client need not get.
    func complete(_ answer: inout Answer, _ visit: Visit) {
        answer.headers.append(HTTPField(name: .requestID, value: visit.call.context.requestID))
        answer.headers.append(contentsOf: security.every)
        setCaching(&answer, visit)
        let isDocument =
            answer.headers[.contentType].map { $0.hasPrefix("text/html") || $0.hasPrefix("image/svg") } ?? false
        if isDocument { completeDocument(&answer, visit) }
        if visit.entry?.route.isShared == true, visit.isRead { answer.headers[.accessControlAllowOrigin] = "*" }
        if isUnchanged(answer, visit) { return answer.becomeNotModified() }
        answer.compress(for: visit.fields.acceptEncoding)
        setLength(&answer)
        if visit.request.method == .head { answer.body = .empty }
    }

    private func completeDocument(_ answer: inout Answer, _ visit: Visit) {
        answer.headers.append(contentsOf: security.document)
        guard visit.entry?.isPage == true else { return }
        for name in ["Accept", "Accept-Language", "Cookie"] { answer.addVary(name) }
        keepChoices(&answer, visit)
    }

    /// A language or theme chosen by a link stays chosen on the next page.
    private func keepChoices(_ answer: inout Answer, _ visit: Visit) {
        let year = 31_536_000
        for (parameter, name) in [("lang", CookieName.language), ("theme", CookieName.theme)] {
            guard let value = visit.call.query[parameter], answer.status.code < 400 else { continue }
            answer.set(Cookie(name, value, maximumAge: year, isSecure: settings.isSecure))
        }
    }

    /// What a signed-in reader gets is kept nowhere. What everybody gets may be kept, but is asked after each time
    /// unless the route says more.
    private func setCaching(_ answer: inout Answer, _ visit: Visit) {
        let given = answer.headers[.cacheControl]
        if visit.call.session != nil || visit.isKey, given?.hasSuffix("immutable") != true {
            answer.headers[.cacheControl] = "no-store"
        } else if given == nil {
            answer.headers.append(
                HTTPField(name: .cacheControl, value: answer.status.code < 400 ? "no-cache" : "no-store"))
        }
        guard answer.headers[.cacheControl] != "no-store", answer.status == .ok, visit.entry?.route.cost != .point,
            answer.headers[.eTag] == nil, case .bytes(let bytes) = answer.body
        else { return }
        answer.headers[.eTag] = EntityTag(of: bytes).description
    }

    private func isUnchanged(_ answer: Answer, _ visit: Visit) -> Bool {
        guard visit.isRead, answer.status == .ok, let asked = visit.fields.ifNoneMatch, let tag = answer.headers[.eTag],
            let own = EntityTag.list(tag).first
        else { return false }
        return asked == "*" || EntityTag.list(asked).contains { $0.value == own.value }
    }

    private func setLength(_ answer: inout Answer) {
        switch answer.body {
        case .bytes(let bytes): answer.headers[.contentLength] = String(bytes.count)
        case .empty where answer.status != .noContent && answer.status != .notModified:
            if answer.headers[.contentLength] == nil { answer.headers[.contentLength] = "0" }
        case .empty, .stream: break
        }
    }

    /// Counts the answer, now or when its last piece is written.
    func record(_ answer: inout Answer, _ visit: Visit, _ start: UInt64) {
        guard case .stream(let write) = answer.body else {
            return record(answer.status.code, bytes: answer.length, visit, start)
        }
        let status = answer.status.code
        answer.body = .stream { output in
            let written = Counter()
            defer { self.record(status, bytes: written.value, visit, start) }
            try await write { piece in
                written.add(piece.count)
                try await output(piece)
            }
        }
    }

    private func record(_ status: Int, bytes: Int, _ visit: Visit, _ start: UInt64) {
        let taken = monotonicNanoseconds() - start
        (visit.entry?.meter ?? metrics.unmatched).record(status: status, nanoseconds: taken)
        guard accessLog.isOn else { return }
        accessLog.add(
            AccessRecord(
                time: clock.now(), requestID: visit.call.context.requestID, method: visit.request.method.rawValue,
                path: visit.call.path, route: visit.entry?.route.template, status: status, bytes: bytes,
                nanoseconds: taken, actor: visit.call.context.actor.id, client: visit.request.client))
    }
}

extension Answer {
    /// Bytes of the body, 0 for streams.
    var length: Int { if case .bytes(let bytes) = body { bytes.count } else { 0 } }

    /// 304 keeps the fields that a cache needs (RFC 9110 §15.4.5).
    mutating func becomeNotModified() {
        status = .notModified
        body = .empty
        headers[.contentType] = nil
        headers[.contentEncoding] = nil
        headers[.contentLength] = nil
    }
}
