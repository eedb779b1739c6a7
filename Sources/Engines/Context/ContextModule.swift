import Web
public enum ContextModule { public static let module = Module(id: "context") }
