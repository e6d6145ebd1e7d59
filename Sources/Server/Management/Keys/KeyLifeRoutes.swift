import Hummingbird
import ManagementAPI

/// The paths of certificate requests, exports and whole keystores.
struct KeyLifeRoutes {
    private let certifying: KeyCertifying
    private let exporting: KeyExporting
    private let importing: KeystoreImporting
    private let backups: KeystoreBackups
    private let rotating: MasterKeyRotating

    init(tenant: Tenant) {
        certifying = KeyCertifying(tenant: tenant)
        exporting = KeyExporting(tenant: tenant)
        importing = KeystoreImporting(tenant: tenant)
        backups = KeystoreBackups(tenant: tenant)
        rotating = MasterKeyRotating(tenant: tenant)
    }

    func add(to api: some RouterMethods<ManagementContext>) {
        api.post("keys/:alias/request") { [certifying] request, context in
            let actor = try context.actor()
            let body = try await request.value(RequestCertificate.self)
            return try await Response.json(certifying.request(context.name("alias"), body, by: actor))
        }
        api.post("keys/:alias/certificate") { [certifying] request, context in
            let actor = try context.actor()
            let body = try await request.value(AttachCertificate.self)
            return try await Response.json(certifying.attach(context.name("alias"), body, by: actor))
        }
        api.post("keystore/import") { [importing] request, context in
            let actor = try context.actor()
            let body = try await request.value(ImportKeystore.self, upTo: Request.keystoreOctetLimit)
            return try await Response.json(importing.take(body, by: actor))
        }
        addExports(to: api)
        addBackups(to: api)
    }

    private func addBackups(to api: some RouterMethods<ManagementContext>) {
        api.post("keystore/backup") { [backups] request, context in
            let actor = try context.actor()
            return try await Response.json(backups.backUp(request.value(BackUpKeystore.self), by: actor))
        }
        api.post("keystore/restore") { [backups] request, context in
            let actor = try context.actor()
            let body = try await request.value(RestoreKeystore.self, upTo: Request.backupOctetLimit)
            return try await Response.json(backups.restore(body, by: actor))
        }
        api.post("master-key/rotate") { [rotating] _, context in
            try await Response.json(rotating.rotate(by: context.actor()))
        }
    }

    private func addExports(to api: some RouterMethods<ManagementContext>) {
        api.post("keys/:alias/exports") { [exporting] request, context in
            let actor = try context.actor()
            let body = try await request.value(RequestKeyExport.self)
            return try await Response.json(exporting.request(context.name("alias"), body, by: actor))
        }
        api.get("exports") { [exporting] _, context in
            try await Response.json(exporting.list(for: context.actor()))
        }
        api.post("exports/:export/approve") { [exporting] _, context in
            try await Response.json(exporting.approve(context.name("export"), by: context.actor()))
        }
        api.post("exports/:export/collect") { [exporting] request, context in
            let actor = try context.actor()
            let body = try await request.value(CollectKeyExport.self)
            return try await Response.json(exporting.collect(context.name("export"), body, by: actor))
        }
    }
}
