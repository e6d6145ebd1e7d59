import Foundation

/// nginx, which forwards messages as they are: what HTTP alone costs.
final class NginxGateway: Gateway {
    let name = "nginx"
    let port = 18_090
    private let process: BoundProcess

    init(folder: String, receiverPort: Int) throws {
        let place = URL(filePath: folder + "/nginx", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try Data(Self.configuration(place.path, receiverPort).utf8).write(to: place.appending(path: "nginx.conf"))
        process = try BoundProcess(["nginx", "-p", place.path, "-c", "nginx.conf"], folder: place, log: "nginx.log")
        try process.wait("nginx") { _ in try? Socket(port: 18_090) }.end()
    }

    var processIDs: [Int32] { ProcessFacts.children(of: process.processID) }

    func carries(_ flow: GatewayFlow) -> Bool { flow != .oneWay }

    func stop() { process.stop() }

    private static func configuration(_ folder: String, _ receiverPort: Int) -> String {
        let places = GatewayFlow.allCases.map { flow in
            """
                location \(flow.path) {
                  proxy_pass http://receiver\(flow.receiverPath);
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                }
            """
        }
        return """
            user root;
            daemon off;
            worker_processes 1;
            pid \(folder)/nginx.pid;
            error_log stderr warn;
            events { worker_connections 1024; }
            http {
              access_log off;
              keepalive_requests 1000000;
              client_body_buffer_size 64k;
              proxy_buffers 8 64k;
              proxy_buffer_size 64k;
              client_body_temp_path \(folder)/body;
              proxy_temp_path \(folder)/proxy;
              fastcgi_temp_path \(folder)/fastcgi;
              uwsgi_temp_path \(folder)/uwsgi;
              scgi_temp_path \(folder)/scgi;
              upstream receiver { server 127.0.0.1:\(receiverPort); keepalive 64; keepalive_requests 1000000; }
              server {
                listen 127.0.0.1:18090;
            \(places.joined(separator: "\n"))
              }
            }
            """
    }
}
