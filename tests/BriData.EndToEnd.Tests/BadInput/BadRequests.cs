using System.Text;
using System.Text.Json.Nodes;
using static BriData.EndToEnd.Tests.BadInput.BadRequest;

namespace BriData.EndToEnd.Tests.BadInput;

/// <summary>The table of bad input.</summary>
internal static class BadRequests
{
    private const int Mebibyte = 1 << 20;

    public static IEnumerable<BadRequest> All => [.. Names(), .. Values(), .. Forms(), .. Keys(), .. Callers(), .. Lists(), .. Routes(), .. Development()];

    private static IEnumerable<BadRequest> Names() =>
    [
        Transfer("unknown agreement", 404, "unknown_agreement", b => b["agreement"] = "no-such"),
        Transfer("agreement that cannot be a name", 404, "unknown_agreement", b => b["agreement"] = "No Such/Agreement"),
        Transfer("unknown data set", 404, "unknown_dataset", b => b["dataset"] = "CN/customs/no-such"),
        Transfer("unknown data set of an unknown agency", 404, "unknown_dataset", b => b["dataset"] = "CN/no-such/declarations"),
        Transfer("unknown purpose", 400, "unknown_purpose", b => b["purpose"] = "Curiosity"),
        Transfer("purpose in another case", 400, "unknown_purpose", b => b["purpose"] = "internationaltrade"),
        Transfer("unknown fact", 400, "unknown_fact", b => b["facts"]!["noSuchFact"] = true),
        Send("unknown agreement in a preflight", "KZ/customs", "agency", "POST", "v1/transfers/preflight", With(b => b["agreement"] = "no-such"), 404, "unknown_agreement"),
        Get("unknown country", "KZ", "admin", "v1/countries/ZZ", 404, "unknown_country"),
        Get("country in lower case", "KZ", "admin", "v1/countries/cn", 404, "unknown_country"),
        Get("scheme of an unknown country", "KZ", "admin", "v1/countries/ZZ/classification-scheme", 404, "unknown_country"),
        Get("scheme of a country that is no member", "KZ", "admin", "v1/countries/FR/classification-scheme", 404, "country_not_member"),
        Get("unknown agency", "KZ", "admin", "v1/agencies/CN/no-such", 404, "unknown_agency"),
        Get("agency of an unknown country", "KZ", "admin", "v1/agencies/ZZ/customs", 404, "unknown_agency"),
        Get("agency that cannot be a name", "KZ", "admin", "v1/agencies/CN/No_Such", 404, "unknown_agency"),
        Send("suspension of an unknown agency", "CN", "admin", "POST", "v1/agencies/CN/no-such/suspend", "{}", 404, "unknown_agency"),
        Get("agreement read by its unknown name", "KZ", "admin", "v1/agreements/no-such", 404, "unknown_agreement"),
        Send("signature under an unknown agreement", "KZ", "admin", "POST", "v1/agreements/no-such/signatures", "{}", 404, "unknown_agreement"),
        Get("transfer without a number", "KZ", "admin", "v1/transfers/cn-kz-customs", 404, "unknown_transfer"),
        Get("transfer number zero", "KZ", "admin", "v1/transfers/cn-kz-customs:0", 404, "unknown_transfer"),
        Get("negative transfer number", "KZ", "admin", "v1/transfers/cn-kz-customs:-1", 404, "unknown_transfer"),
        Get("transfer number never given", "KZ", "admin", "v1/transfers/cn-kz-customs:999999", 404, "unknown_transfer"),
        Get("transfer number beyond counting", "KZ", "admin", "v1/transfers/cn-kz-customs:99999999999999999999", 404, "unknown_transfer"),
        Get("transfer of an unknown agreement", "KZ", "admin", "v1/transfers/no-such:1", 404, "unknown_transfer"),
        Get("receipt of an unknown transfer", "KZ", "admin", "v1/transfers/cn-kz-customs:999999/receipt", 404, "unknown_transfer"),
        Get("payload of an unknown transfer", "KZ/customs", "agency", "v1/transfers/cn-kz-customs:999999/payload", 404, "unknown_transfer"),
        Get("trail of an unknown transfer", "KZ", "auditor", "v1/audit/transfers/cn-kz-customs:999999", 404, "unknown_transfer"),
        Get("checkpoint of an unknown ledger", "KZ", "auditor", "v1/ledgers/agreement/no-such/checkpoint", 404, "unknown_ledger"),
        Get("checkpoint of an unknown kind of ledger", "KZ", "auditor", "v1/ledgers/planet/mars/checkpoint", 404, "unknown_ledger"),
        Get("unknown rule pack", "KZ", "admin", "v1/countries/KZ/rule-packs/1999.1", 404, "unknown_rule_pack"),
        Send("approval of an unknown rule pack", "KZ", "admin", "POST", "v1/countries/KZ/rule-packs/1999.1/approve", "{}", 404, "unknown_rule_pack"),
        Send("judgement for an unknown country", "KZ", "admin", "POST", "v1/rules/evaluate", """{"exporter":"ZZ","eventDate":"2026-06-15","facts":{}}""", 404, "unknown_country"),
        Send("judgement against an unknown country", "KZ", "admin", "POST", "v1/rules/evaluate", """{"exporter":"CN","importer":"ZZ","eventDate":"2026-06-15","facts":{}}""", 404, "unknown_country"),
        Send("judgement for a country that is no member", "KZ", "admin", "POST", "v1/rules/evaluate", """{"exporter":"FR","eventDate":"2026-06-15","facts":{}}""", 404, "country_not_member"),
        Send("judgement by an unknown fact", "KZ", "admin", "POST", "v1/rules/evaluate", """{"exporter":"CN","eventDate":"2026-06-15","facts":{"noSuchFact":1}}""", 400, "unknown_fact"),
        Draft("agreement with an unknown country", 404, "unknown_country", t => t["parties"] = new JsonArray("KZ", "ZZ")),
        Draft("agreement with a country that is no member", 404, "country_not_member", t => (t["id"], t["parties"]) = ("with-a-stranger", new JsonArray("CN", "KZ", "FR"))),
        Draft("agreement with an unknown agency", 404, "unknown_agency", t => t["grants"]![0]!["importers"] = new JsonArray("KZ/no-such")),
        Draft("agreement on a stranger's data set", 404, "unknown_dataset", t => t["grants"]![0]!["dataSets"] = new JsonArray("SG/customs/x")),
        Draft("agreement with an unknown purpose", 400, "unknown_purpose", t => t["grants"]![0]!["purposes"] = new JsonArray("Curiosity")),
        Send("data set of an unknown agency", "CN", "admin", "PUT", "v1/datasets/CN/no-such/goods", """{"title":{"en":"x"},"mark":"open"}""", 404, "unknown_agency"),
        Send("data set with an unknown mark", "CN", "admin", "PUT", "v1/datasets/CN/customs/goods", """{"title":{"en":"x"},"mark":"no-such"}""", 400, "unknown_mark"),
        Send("data set with an unknown fact", "CN", "admin", "PUT", "v1/datasets/CN/customs/goods", """{"title":{"en":"x"},"mark":"open","facts":{"noSuchFact":1}}""", 400, "unknown_fact"),
    ];

    private static IEnumerable<BadRequest> Values() =>
    [
        Transfer("data set that cannot be a name", 400, "invalid_field", b => b["dataset"] = "declarations"),
        Transfer("wrong type", 400, "invalid_field", b => b["agreement"] = 5),
        Transfer("null for what is required", 400, "invalid_field", b => b["dataset"] = null),
        Transfer("required field left out", 400, "invalid_field", b => b.Remove("purpose")),
        Transfer("unknown field", 400, "unknown_field", b => b["urgent"] = true),
        Transfer("field in another case", 400, "unknown_field", b => b["Agreement"] = "cn-kz-customs"),
        Transfer("facts that are no object", 400, "invalid_fact", b => b["facts"] = new JsonArray(1)),
        Transfer("fact of a wrong type", 400, "invalid_fact", b => b["facts"]!["subjects"] = "many"),
        Transfer("fact below its range", 400, "invalid_fact", b => b["facts"]!["subjects"] = -1),
        Transfer("fact that only the platform knows", 400, "fact_not_assertable", b => b["facts"]!["stateSecret"] = false),
        Transfer("fact that the exporter states", 400, "fact_not_assertable", b => b["facts"]!["dataKind"] = "NonPersonal"),
        Transfer("legal basis too long", 400, "invalid_field", b => b["legalBasis"] = new string('x', 501)),
        TransferText("fact beyond counting", 400, "invalid_fact", With(b => { }).Replace("\"facts\":{}", "\"facts\":{\"subjects\":1e400}", StringComparison.Ordinal)),
        TransferText("fact with half a character", 400, "invalid_field", With(b => { }).Replace("\"facts\":{}", "\"facts\":{\"recipientRegisteredIn\":\"\\ud800\"}", StringComparison.Ordinal)),
        TransferText("legal basis with half a character", 400, "invalid_field", With(b => { }).Replace("\"facts\":{}", "\"legalBasis\":\"\\ud800\"", StringComparison.Ordinal)),
        TransferText("the same fact twice", 400, "invalid_fact", With(b => { }).Replace("\"facts\":{}", "\"facts\":{\"subjects\":1,\"subjects\":2}", StringComparison.Ordinal)),
        Send("judgement on no day", "KZ", "admin", "POST", "v1/rules/evaluate", """{"exporter":"CN","eventDate":"yesterday","facts":{}}""", 400, "invalid_field"),
        Send("judgement by a fact of a wrong type", "KZ", "admin", "POST", "v1/rules/evaluate", """{"exporter":"CN","eventDate":"2026-06-15","facts":{"subjects":"many"}}""", 400, "invalid_fact"),
        Send("agency without a name", "CN", "admin", "PUT", "v1/agencies/CN/nameless", """{"names":{},"kind":"customs"}""", 400, "invalid_field"),
        Send("agency with an unknown kind of exporter", "CN", "admin", "PUT", "v1/agencies/CN/strange", """{"names":{"en":"x"},"kind":"customs","exporterKind":"Smuggler"}""", 400, "invalid_field"),
        Send("data set with an unknown label", "CN", "admin", "PUT", "v1/datasets/CN/customs/goods", """{"title":{"en":"x"},"mark":"open","tlp":"PURPLE"}""", 400, "invalid_field"),
        Send("data set with an unknown grade", "CN", "admin", "PUT", "v1/datasets/CN/customs/goods", """{"title":{"en":"x"},"mark":"open","grade":"7"}""", 400, "invalid_field"),
        Send("data set that states what the platform knows", "CN", "admin", "PUT", "v1/datasets/CN/customs/goods", """{"title":{"en":"x"},"mark":"open","facts":{"stateSecret":false}}""", 400, "fact_not_assertable"),
        Draft("agreement of one party", 400, "invalid_field", t => t["parties"] = new JsonArray("KZ")),
        Draft("agreement without grants", 400, "invalid_field", t => t["grants"] = new JsonArray()),
        Draft("agreement that ends before it begins", 400, "invalid_field", t => t["validTo"] = "2025-01-01"),
        Draft("agreement with an unknown level", 400, "invalid_field", t => t["grants"]![0]!["maxLevel"] = "9"),
        Send("agency with no name in a language", "CN", "admin", "PUT", "v1/agencies/CN/customs", """{"names":{"en":"x","fr":null},"kind":"customs"}""", 400, "invalid_field"),
        Send("data set with no title in a language", "CN", "admin", "PUT", "v1/datasets/CN/customs/goods", """{"title":{"en":"x","fr":null},"mark":"open"}""", 400, "invalid_field"),
        Send("data set with no field", "CN", "admin", "PUT", "v1/datasets/CN/customs/goods", """{"title":{"en":"x"},"mark":"open","fields":[null]}""", 400, "invalid_field"),
        Send("data set derived from none", "CN", "admin", "PUT", "v1/datasets/CN/customs/goods", """{"title":{"en":"x"},"mark":"open","derivedFrom":[null]}""", 400, "invalid_field"),
        Draft("agreement with no party", 400, "invalid_field", t => t["parties"] = new JsonArray("CN", "KZ", null)),
        Draft("agreement with no grant", 400, "invalid_field", t => t["grants"] = new JsonArray([null])),
        Draft("agreement with no importer", 400, "invalid_field", t => t["grants"]![0]!["importers"] = new JsonArray("KZ/customs", null)),
        Send("no issuer", "KZ", "admin", "PUT", "v1/countries/KZ/issuers", """{"issuers":[null]}""", 400, "invalid_field"),
        Send("no witness", "KZ", "admin", "PUT", "v1/countries/KZ/witnesses", """{"witnesses":[null],"quorum":0}""", 400, "invalid_field"),
        Send("erasure of no class", "CN", "admin", "POST", "v1/transfers/cn-kz-customs:1/erase", """{"classes":["payload",null]}""", 400, "invalid_field"),
        Transfer("no person among the persons", 400, "invalid_field", b => b["subjectIds"] = new JsonArray([null])),
        Send("issuers without an address", "KZ", "admin", "PUT", "v1/countries/KZ/issuers", """{"issuers":[{"issuer":"x","metadataAddress":"nowhere"}]}""", 400, "invalid_field"),
        Send("no issuers", "KZ", "admin", "PUT", "v1/countries/KZ/issuers", """{"issuers":[]}""", 400, "invalid_field"),
        Send("rule pack that is none", "KZ", "admin", "POST", "v1/countries/KZ/rule-packs", "just: [text", 422, "invalid_rule_pack") with { MediaType = "application/yaml" },
        Send("rule pack of another country", "KZ", "admin", "POST", "v1/countries/KZ/rule-packs", RulePacks.TestPacks.Yaml("CN", "9999.1"), 422, "invalid_rule_pack") with { MediaType = "application/yaml" },
        Send("scheme that is none", "KZ", "admin", "PUT", "v1/countries/KZ/classification-scheme", "{}", 422, "invalid_scheme"),
        Send("version that is none", "KZ", "admin", "PUT", "v1/agencies/KZ/customs", """{"names":{"en":"x"},"kind":"customs"}""", 412, "precondition_failed") with { Headers = [("If-Match", "\"first\"")] },
    ];

    private static IEnumerable<BadRequest> Forms() =>
    [
        TransferText("malformed JSON", 400, "malformed_json", """{"agreement":"cn-kz-customs","""),
        TransferText("empty body", 400, "malformed_json", ""),
        TransferText("something after the JSON", 400, "malformed_json", With(_ => { }) + "x"),
        TransferText("comment in the JSON", 400, "malformed_json", "/* */" + With(_ => { })),
        TransferText("JSON nested too deeply", 400, "malformed_json", With(_ => { }).Replace("\"facts\":{}", "\"facts\":" + new string('[', 200) + new string(']', 200), StringComparison.Ordinal)),
        TransferText("null for the whole", 400, "invalid_field", "null"),
        TransferText("an array for the whole", 400, "invalid_field", "[]"),
        TransferText("the same field twice", 400, "invalid_field", """{"agreement":"a","agreement":"b","dataset":"x","purpose":"y"}"""),
        TransferText("bytes that are no UTF-8", 400, "invalid_field", "") with { Body = [.. "{\"agreement\":\""u8, 0xC3, 0x28, .. "\"}"u8] },
        Send("malformed JSON for an agency", "CN", "admin", "PUT", "v1/agencies/CN/customs", "{", 400, "malformed_json"),
        Send("malformed JSON for a data set", "CN", "admin", "PUT", "v1/datasets/CN/customs/goods", "{", 400, "malformed_json"),
        Send("malformed JSON for an agreement", "CN", "admin", "POST", "v1/agreements", "{", 400, "malformed_json"),
        Send("malformed JSON for a scheme", "KZ", "admin", "PUT", "v1/countries/KZ/classification-scheme", "{", 400, "malformed_json"),
        Send("malformed JSON for an act", "KZ/customs", "agency", "POST", "v1/transfers/cn-kz-customs:1/withdraw", "{", 400, "malformed_json"),
        TransferText("text instead of JSON", 415, "unsupported_media_type", With(_ => { })) with { MediaType = "text/plain" },
        TransferText("no media type", 415, "unsupported_media_type", With(_ => { })) with { MediaType = null },
        Send("JSON instead of YAML", "KZ", "admin", "POST", "v1/countries/KZ/rule-packs", "{}", 415, "unsupported_media_type"),
        TransferText("body a byte too long", 413, "body_too_large", Padded(Mebibyte + 1)),
        TransferText("body beyond the server's own limit", 413, "body_too_large", Padded(5 * Mebibyte)) with { Headers = [("Expect", "100-continue")] },
        Send("rule pack too long", "KZ", "admin", "POST", "v1/countries/KZ/rule-packs", new string('#', (4 * Mebibyte) + 1), 413, "body_too_large") with { MediaType = "application/yaml", Headers = [("Expect", "100-continue")] },
        Send("scheme too long", "KZ", "admin", "PUT", "v1/countries/KZ/classification-scheme", new string(' ', (256 << 10) + 1), 413, "body_too_large"),
    ];

    private static IEnumerable<BadRequest> Keys() =>
    [
        Keyed("no key", null, "idempotency_key_missing"),
        Keyed("empty key", "", "idempotency_key_invalid"),
        Keyed("key too long", new string('k', 201), "idempotency_key_invalid"),
        Keyed("key with a space", "two words", "idempotency_key_invalid"),
        Send("no key for an agreement", "CN", "admin", "POST", "v1/agreements", Terms(_ => { }), 400, "idempotency_key_missing") with { Key = null },
        Send("no key for a rule pack", "KZ", "admin", "POST", "v1/countries/KZ/rule-packs", RulePacks.TestPacks.Yaml("KZ", "9999.2"), 400, "idempotency_key_missing") with { Key = null, MediaType = "application/yaml" },
    ];

    private static IEnumerable<BadRequest> Callers() =>
    [
        Transfer("a country that is no party", 404, "unknown_agreement", _ => { }) with { Who = "SG/customs" },
        Transfer("no role that may ask", 403, "role_missing", _ => { }) with { Who = "KZ", Role = "admin" },
        Transfer("for another agency", 403, "not_your_agency", b => b["importer"] = "KZ/cert"),
        Transfer("neither side of the exchange", 403, "not_your_agency", b => b["importer"] = "KZ/customs") with { Who = "KZ/cert" },
        Transfer("a push to nobody", 400, "invalid_field", _ => { }) with { Who = "CN/customs" },
        Send("agency of another country", "CN", "admin", "PUT", "v1/agencies/KZ/customs", """{"names":{"en":"x"},"kind":"customs"}""", 403, "not_your_country"),
        Send("agency by no administrator", "KZ/customs", "agency", "PUT", "v1/agencies/KZ/customs", """{"names":{"en":"x"},"kind":"customs"}""", 403, "role_missing"),
        Send("suspension by another country", "CN", "admin", "POST", "v1/agencies/KZ/customs/suspend", "{}", 403, "not_your_country"),
        Send("data set of another agency", "CN/cert", "agency", "PUT", "v1/datasets/CN/customs/declarations", """{"title":{"en":"x"},"mark":"open"}""", 403, "not_your_agency"),
        Send("data set of another country", "KZ", "admin", "PUT", "v1/datasets/CN/customs/declarations", """{"title":{"en":"x"},"mark":"open"}""", 403, "not_your_country"),
        Send("rule pack of another country's register", "CN", "admin", "POST", "v1/countries/KZ/rule-packs", "x", 403, "not_your_country") with { MediaType = "application/yaml" },
        Get("rule packs of another country", "CN", "admin", "v1/countries/KZ/rule-packs", 403, "not_your_country"),
        Send("issuers of another country", "CN", "admin", "PUT", "v1/countries/KZ/issuers", """{"issuers":[{"issuer":"http://localhost/x","metadataAddress":"http://localhost/x"}]}""", 403, "not_your_country"),
        Send("scheme of another country", "CN", "admin", "PUT", "v1/countries/KZ/classification-scheme", "{}", 403, "not_your_country"),
        Send("rule pack of a country that is no member", "CN", "admin", "POST", "v1/countries/FR/rule-packs", "x", 404, "country_not_member") with { MediaType = "application/yaml" },
        Draft("agreement of others", 403, "not_a_party", _ => { }) with { Who = "SG" },
        Draft("agreement by no administrator", 403, "role_missing", _ => { }) with { Who = "CN/customs", Role = "agency" },
        Draft("agreement of a name that is taken", 409, "already_exists", t => t["id"] = "cn-kz-customs"),
        Send("signature by no administrator", "KZ/customs", "agency", "POST", "v1/agreements/cn-kz-customs/signatures", "{}", 403, "role_missing"),
        Send("second signature of a country", "KZ", "admin", "POST", "v1/agreements/cn-kz-customs/signatures", "{}", 409, "already_signed"),
        Send("end of a suspension that is none", "KZ", "admin", "POST", "v1/agreements/cn-kz-customs/resume", "{}", 409, "wrong_state"),
        Get("search by no auditor", "KZ/customs", "agency", "v1/audit/entries", 403, "role_missing"),
        Get("trail by no auditor", "KZ/customs", "agency", "v1/audit/transfers/cn-kz-customs:1", 403, "role_missing"),
        Get("ledgers by no auditor", "KZ", "admin", "v1/ledgers", 403, "role_missing"),
        Get("checkpoint by no auditor", "KZ", "admin", "v1/ledgers/agreement/cn-kz-customs/checkpoint", 403, "role_missing"),
    ];

    private static IEnumerable<BadRequest> Lists() =>
    [
        Get("countries, none of them", "KZ", "admin", "v1/countries?limit=0", 400, "invalid_field"),
        Get("countries, too many", "KZ", "admin", "v1/countries?limit=501", 400, "invalid_field"),
        Get("countries, no number", "KZ", "admin", "v1/countries?limit=all", 400, "invalid_field"),
        Get("data sets, none of them", "KZ", "admin", "v1/datasets?limit=0", 400, "invalid_field"),
        Get("data sets, no number", "KZ", "admin", "v1/datasets?limit=x", 400, "invalid_field"),
        Get("entries, none of them", "KZ", "auditor", "v1/audit/entries?limit=0", 400, "invalid_field"),
        Get("entries, too many", "KZ", "auditor", "v1/audit/entries?limit=501", 400, "invalid_field"),
        Get("entries, no number", "KZ", "auditor", "v1/audit/entries?limit=x", 400, "invalid_field"),
        Get("entries since no time", "KZ", "auditor", "v1/audit/entries?from=yesterday", 400, "invalid_field"),
        Get("entries until no time", "KZ", "auditor", "v1/audit/entries?to=31.12.2026%2025:00", 400, "invalid_field"),
        Get("entries after no place", "KZ", "auditor", "v1/audit/entries?cursor=somewhere", 400, "invalid_cursor"),
    ];

    private static IEnumerable<BadRequest> Routes() =>
    [
        Get("unknown route", "KZ", "admin", "v1/no-such", 404, "route_not_found"),
        Get("unknown route outside the version", "KZ", "admin", "no-such", 404, "route_not_found"),
        Get("wrong method, reading what can only be created", "KZ", "admin", "v1/transfers", 405, "method_not_allowed"),
        Send("wrong method, deleting", "KZ", "admin", "DELETE", "v1/transfers/cn-kz-customs:1", "", 405, "method_not_allowed"),
        Send("wrong method, posting what is put", "KZ", "admin", "POST", "v1/agencies/KZ/customs", "{}", 405, "method_not_allowed"),
        Send("unknown act", "KZ", "admin", "POST", "v1/transfers/cn-kz-customs:1/frame", "{}", 404, "route_not_found"),
    ];

    private static IEnumerable<BadRequest> Development() =>
    [
        Token("token for an unknown role", """{"country":"KZ","roles":["king"],"subject":"x"}"""),
        Token("token for no country", """{"country":"kz","roles":["agency"],"subject":"x"}"""),
        Token("token for nobody", """{"country":"KZ","roles":["admin"],"subject":""}"""),
        Token("token for ever", """{"country":"KZ","roles":["admin"],"subject":"x","lifetimeSeconds":86401}"""),
        Token("token for no time", """{"country":"KZ","roles":["admin"],"subject":"x","lifetimeSeconds":0}"""),
        Token("token without roles", """{"country":"KZ","subject":"x"}"""),
    ];

    private static BadRequest Keyed(string name, string? key, string code) => Transfer(name, 400, code, _ => { }) with { Key = key };

    private static BadRequest Token(string name, string body) => Send(name, "KZ", "admin", "POST", "dev/tokens", body, 400, "invalid_field");

    private static BadRequest Draft(string name, int status, string code, Action<JsonObject> change) =>
        Send(name, "KZ", "admin", "POST", "v1/agreements", Terms(change), status, code);

    private static string Terms(Action<JsonObject> change)
    {
        var terms = new JsonObject
        {
            ["id"] = "never-drafted",
            ["title"] = new JsonObject { ["en"] = "Never drafted" },
            ["parties"] = new JsonArray("CN", "KZ"),
            ["validFrom"] = "2026-01-01",
            ["validTo"] = null,
            ["grants"] = new JsonArray(new JsonObject
            {
                ["id"] = "g",
                ["dataSets"] = new JsonArray("CN/customs/declarations"),
                ["importers"] = new JsonArray("KZ/customs"),
                ["purposes"] = new JsonArray("InternationalTrade"),
                ["maxLevel"] = "internal",
            }),
        };
        change(terms);
        return terms.ToJsonString();
    }

    private static string With(Action<JsonObject> change)
    {
        var body = TransferBody();
        change(body);
        return body.ToJsonString();
    }

    private static string Padded(int bytes)
    {
        var body = With(_ => { });
        return new StringBuilder(body, bytes).Append(' ', bytes - body.Length).ToString();
    }
}
