using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Visibility;

/// <summary>What is asked of every route: names of things that are there, or that are not.</summary>
/// <param name="Agreement">Agreement identifier.</param>
/// <param name="Transfer">Transfer identifier.</param>
/// <param name="Exporter">Agency of CN.</param>
/// <param name="Importer">Agency of KZ.</param>
/// <param name="DataSet">The exporter's data set.</param>
/// <param name="Body">Body of a request for a transfer.</param>
/// <param name="Terms">Body of a new agreement.</param>
internal sealed record Asking(string Agreement, string Transfer, string Exporter, string Importer, string DataSet, JsonObject Body, JsonObject Terms)
{
    public static Asking Of(Exchange exchange, string transfer)
    {
        var terms = exchange.Terms();
        terms["id"] = exchange.Agreement + "-again";
        return new Asking(exchange.Agreement, transfer, exchange.Exporter, exchange.Importer, exchange.DataSet, exchange.Request(), terms);
    }

    // The public key of RFC 8037, appendix A.2.
    private const string Jwk = """{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""";

    /// <summary>The same with an agreement that does not exist.</summary>
    public Asking Unknown()
    {
        var body = (JsonObject)Body.DeepClone();
        body["agreement"] = "no-such-agreement";
        return this with { Agreement = "no-such-agreement", Transfer = "no-such-agreement:1", Body = body };
    }

    public async Task<Answer> AskAsync(Officer officer, string operation)
    {
        var (method, template) = (operation.Split(' ')[0], operation.Split(' ')[1]);
        var path = Path(template);
        var query = template switch
        {
            "/v1/audit/entries" or "/v1/audit/export" => $"?agreement={Agreement}",
            _ => "",
        };
        using var content = method == "GET" ? null
            : template == "/v1/transfers/{id}/payload" ? Officer.Content("goods\n", "text/csv")
            : template == "/v1/countries/{cc}/rule-packs" ? Officer.Content("no pack", "application/yaml")
            : Officer.Json(BodyOf(template));
        return await officer.SendAsync(new HttpMethod(method), path[1..] + query, content, ("Idempotency-Key", Officer.NewKey()));
    }

    private string Path(string template)
    {
        var (id, kind) = template.StartsWith("/v1/transfers", StringComparison.Ordinal) || template.StartsWith("/v1/audit", StringComparison.Ordinal)
            ? (Transfer, "")
            : (Agreement, "agreement");
        var agency = template.Contains("totals", StringComparison.Ordinal) ? Exporter : Importer;
        var path = template.StartsWith("/v1/datasets", StringComparison.Ordinal)
            ? template.Replace("{cc}/{agency}/{slug}", DataSet, StringComparison.Ordinal)
            : template.Replace("{cc}/{slug}", agency, StringComparison.Ordinal);
        return path.Replace("{cc}", "KZ", StringComparison.Ordinal).Replace("{version}", "no-such-version", StringComparison.Ordinal)
            .Replace("{kid}", new string('A', 43), StringComparison.Ordinal).Replace("{sha256}", new string('a', 64), StringComparison.Ordinal)
            .Replace("{level}", "0", StringComparison.Ordinal).Replace("{tile}", "000.p/1", StringComparison.Ordinal)
            .Replace("{kind}", kind, StringComparison.Ordinal).Replace("{id}", id, StringComparison.Ordinal);
    }

    private JsonObject BodyOf(string template) => template switch
    {
        "/v1/transfers" or "/v1/transfers/preflight" => (JsonObject)Body.DeepClone(),
        "/v1/agreements" => (JsonObject)Terms.DeepClone(),
        "/v1/agencies/{cc}/{slug}" => Exchange.AgencyDocument(),
        "/v1/datasets/{cc}/{agency}/{slug}" => Exchange.GoodsDocument(),
        "/v1/countries/{cc}/issuers" => new JsonObject { ["issuers"] = new JsonArray() },
        "/v1/countries/{cc}/witnesses" => new JsonObject { ["quorum"] = 3, ["witnesses"] = new JsonArray() },
        "/v1/countries/{cc}/signing-keys" => new JsonObject { ["jwk"] = JsonNode.Parse(Jwk), ["proof"] = "a.b.c" },
        "/v1/rules/evaluate" => new JsonObject { ["exporter"] = "KZ", ["eventDate"] = "2026-06-15", ["facts"] = new JsonObject() },
        "/dev/tokens" => new JsonObject { ["country"] = "KZ", ["roles"] = new JsonArray("regulator"), ["subject"] = "somebody" },
        _ => [],
    };
}
