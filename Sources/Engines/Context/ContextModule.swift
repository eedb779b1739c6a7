import Entities
import Platform
import Storage
import Web

/// The area's data for programs and people: NGSI-LD (ETSI GS CIM 009) and the pages of entities.
public enum ContextModule {
    public static let id = "context"

    static let read: Permission = "context.entity.read"
    static let write: Permission = "context.entity.write"
    static let delete: Permission = "context.entity.delete"
    static let subscribe: Permission = "context.subscription.write"

    public static let module = Module(
        id: id,
        migrations: [V2SharedIDs.migration] + SubscriptionSchema.migrations + [
            HostedContexts.migration, FetchedContexts.migration,
        ],
        permissions: [
            PermissionDeclaration(read, "Read entities that are not public, as far as their visibility goes."),
            PermissionDeclaration(write, "Create entities and change those of the own body."),
            PermissionDeclaration(delete, "Delete entities of the own body."),
            PermissionDeclaration(
                subscribe, "See, make, change and end subscriptions of the own body, and send again what was put aside."
            ),
            PermissionDeclaration(EntityStore.createSpace, "Make a space (NGSI tenant) by writing to it."),
            PermissionDeclaration(
                EntityStore.manageVisibility, "Set who sees the entities of a type and owner.",
                heldBy: [.administrator]),
        ],
        events: EntityEvents.all + SubscriptionEvents.all, auditActions: [EntityStore.visibilitySet],
        jobs: { ports in
            ports.entities.jobs + [visibilityJob(ports.entities)] + Subscriptions(ports).jobs
        },
        consumers: { ports in ports.entities.consumers },
        longRunning: { ports in [Subscriptions(ports).engine] },
        contributions: { ports in ContextContributions(ports).all },
        routes: { table, ports in
            let contexts = ContextReader(ports)
            NGSIRoutes(parts: NGSIParts(ports, contexts: contexts)).add(to: &table)
            ContextRoutes(library: contexts.library, entities: ports.entities).add(to: &table)
            V2Routes(store: ports.entities).add(to: &table)
            Subscriptions(ports, contexts).addRoutes(to: &table)
            EntityPageRoutes(ports).add(to: &table)
        })

    private static func visibilityJob(_ store: EntityStore) -> JobType {
        JobType(
            EntityStore.visibilityJob, "Lets entities follow a rule of visibility that was set after they came.",
            claimSeconds: 600
        ) { context, job in try await store.applyVisibility(context, payload: job.payload) }
    }
}
