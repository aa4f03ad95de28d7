using System.Text.Json;
using BriData.Contracts;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.OpenApi;

/// <summary>The published description is the contract: every route with its errors, and no other.</summary>
[Collection(GatewayGroup.Name)]
public sealed class OpenApiTests(SharedGateway gateway)
{
    private static readonly string[] Routes =
    [
        "GET /v1/agencies/{cc}/{slug}",
        "GET /v1/agencies/{cc}/{slug}/totals",
        "GET /v1/agreements/{id}",
        "GET /v1/audit/accesses",
        "GET /v1/audit/entries",
        "GET /v1/audit/export",
        "GET /v1/audit/transfers/{id}",
        "GET /v1/countries",
        "GET /v1/countries/{cc}",
        "GET /v1/countries/{cc}/classification-scheme",
        "GET /v1/countries/{cc}/issuers",
        "GET /v1/countries/{cc}/rule-packs",
        "GET /v1/countries/{cc}/rule-packs/{version}",
        "GET /v1/countries/{cc}/signing-keys",
        "GET /v1/countries/{cc}/witnesses",
        "GET /v1/datasets",
        "GET /v1/documents/{sha256}",
        "GET /v1/ledgers",
        "GET /v1/ledgers/{kind}/{id}/checkpoint",
        "GET /v1/ledgers/{kind}/{id}/checkpoint/witnessed",
        "GET /v1/ledgers/{kind}/{id}/replay",
        "GET /v1/ledgers/{kind}/{id}/tile/entries/{tile}",
        "GET /v1/ledgers/{kind}/{id}/tile/{level}/{tile}",
        "GET /v1/rules/schema",
        "GET /v1/rules/vocabulary",
        "GET /v1/transfers/{id}",
        "GET /v1/transfers/{id}/explanation",
        "GET /v1/transfers/{id}/payload",
        "GET /v1/transfers/{id}/receipt",
        "POST /dev/tokens",
        "POST /v1/agencies/{cc}/{slug}/resume",
        "POST /v1/agencies/{cc}/{slug}/suspend",
        "POST /v1/agreements",
        "POST /v1/agreements/{id}/resume",
        "POST /v1/agreements/{id}/signatures",
        "POST /v1/agreements/{id}/suspend",
        "POST /v1/agreements/{id}/terminate",
        "POST /v1/countries/{cc}/rule-packs",
        "POST /v1/countries/{cc}/rule-packs/{version}/analysis",
        "POST /v1/countries/{cc}/rule-packs/{version}/approve",
        "POST /v1/countries/{cc}/rule-packs/{version}/impact",
        "POST /v1/countries/{cc}/rule-packs/{version}/reinstate",
        "POST /v1/countries/{cc}/rule-packs/{version}/test",
        "POST /v1/countries/{cc}/signing-keys",
        "POST /v1/countries/{cc}/signing-keys/{kid}/confirm",
        "POST /v1/countries/{cc}/signing-keys/{kid}/revoke",
        "POST /v1/rules/evaluate",
        "POST /v1/transfers",
        "POST /v1/transfers/preflight",
        "POST /v1/transfers/{id}/accept",
        "POST /v1/transfers/{id}/approve",
        "POST /v1/transfers/{id}/erase",
        "POST /v1/transfers/{id}/refuse",
        "POST /v1/transfers/{id}/reject",
        "POST /v1/transfers/{id}/withdraw",
        "PUT /v1/agencies/{cc}/{slug}",
        "PUT /v1/countries/{cc}/classification-scheme",
        "PUT /v1/countries/{cc}/issuers",
        "PUT /v1/countries/{cc}/witnesses",
        "PUT /v1/datasets/{cc}/{agency}/{slug}",
        "PUT /v1/transfers/{id}/payload",
    ];

    private readonly Office _office = gateway.Office;

    public static TheoryData<string> Operations => [.. Routes];

    private OpenApiContract Contract => gateway.Contract ?? throw new InvalidOperationException("GET /openapi/v1.json gave no description.");

    [Fact]
    public async Task Document_Asked_IsAnswered()
    {
        var document = (await _office.Anonymous.GetAsync("openapi/v1.json")).Is(200);
        Assert.StartsWith("3.", document.Value("openapi"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReaderPage_Asked_IsAnswered() =>
        Assert.Equal("text/html", (await _office.Anonymous.GetAsync("docs/")).Is(200).MediaType);

    [Fact]
    public void Document_Operations_AreTheRoutesOfTheContractAndNoOther() => Assert.Equal(Routes, Contract.Operations);

    [Fact]
    public async Task Document_Parameters_AreThoseThatTheRouteTakes()
    {
        var paths = (await _office.Anonymous.GetAsync("openapi/v1.json")).Is(200).Json.GetProperty("paths");

        Assert.Equal(["limit", "cursor"], Names("/v1/audit/entries", "get").Intersect(["limit", "cursor"]));
        Assert.Empty(Names("/v1/audit/export", "get").Intersect(["limit", "cursor"]));
        Assert.Contains("format", Names("/v1/audit/export", "get"));
        Assert.Contains("Accept-Language", Names("/v1/transfers/{id}/explanation", "get"));
        Assert.Contains("Accept-Language", Names("/v1/rules/evaluate", "post"));

        IEnumerable<string> Names(string path, string method) =>
            paths.GetProperty(path).GetProperty(method).GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()!);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Route_WithoutToken_IsThereAndAsksForOne(string operation)
    {
        if (operation == "POST /dev/tokens")
        {
            (await _office.Anonymous.PostAsync("dev/tokens")).IsProblem(400, "invalid_field");
            return;
        }

        var (method, path) = Split(operation);
        var actual = path.Replace("{cc}", "CN", StringComparison.Ordinal).Replace("{kind}", "country", StringComparison.Ordinal)
            .Replace("{slug}", "customs", StringComparison.Ordinal).Replace("{agency}", "customs", StringComparison.Ordinal)
            .Replace("{level}", "0", StringComparison.Ordinal).Replace("{tile}", "000", StringComparison.Ordinal).Replace("{sha256}", new string('0', 64), StringComparison.Ordinal)
            .Replace("{version}", "2026.1", StringComparison.Ordinal).Replace("{kid}", "a-key", StringComparison.Ordinal).Replace("{id}", "cn-kz-customs", StringComparison.Ordinal);
        using var content = method == "GET" ? null : Officer.Content("{}", "application/json");

        (await _office.Anonymous.SendAsync(new HttpMethod(method), actual[1..], content)).IsProblem(401, "token_missing");
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Operation_Description_IsWhole(string operation)
    {
        var (method, path) = Split(operation);
        var description = Contract.Of(method, path);

        Assert.NotEmpty(description.GetProperty("operationId").GetString()!);
        Assert.NotEmpty(description.GetProperty("summary").GetString()!);
        var responses = description.GetProperty("responses").EnumerateObject().ToArray();
        Assert.Contains(responses, r => r.Name.StartsWith('2'));
        Assert.All(responses.Where(r => r.Name[0] is not ('2' or '3')), r =>
        {
            Assert.True(r.Value.GetProperty("content").TryGetProperty("application/problem+json", out _), $"{operation} {r.Name}");
            Assert.All(CodesOf(r.Value), c => Assert.Contains(c, AllCodes));
            Assert.NotEmpty(CodesOf(r.Value));
        });
    }

    [Theory]
    [InlineData("POST /v1/transfers")]
    [InlineData("POST /v1/agreements")]
    [InlineData("POST /v1/countries/{cc}/rule-packs")]
    public void Operation_ThatCreates_DescribesItsKey(string operation) => Assert.Contains("Idempotency-Key", HeadersOf(operation));

    [Theory]
    [InlineData("PUT /v1/agencies/{cc}/{slug}")]
    [InlineData("PUT /v1/datasets/{cc}/{agency}/{slug}")]
    [InlineData("PUT /v1/countries/{cc}/classification-scheme")]
    [InlineData("PUT /v1/countries/{cc}/issuers")]
    [InlineData("PUT /v1/countries/{cc}/witnesses")]
    public void Operation_OnADocument_DescribesIfMatch(string operation) => Assert.Contains("If-Match", HeadersOf(operation));

    [Fact]
    public void Operations_OfPayloads_DescribeTheirHeaders()
    {
        Assert.Contains("Repr-Digest", HeadersOf("PUT /v1/transfers/{id}/payload"));
        Assert.Contains("Range", HeadersOf("GET /v1/transfers/{id}/payload"));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Operation_Security_AsksForABearerTokenExceptForTokens(string operation)
    {
        var (method, path) = Split(operation);
        var asks = Contract.Of(method, path).TryGetProperty("security", out var security) && security.GetArrayLength() > 0;
        Assert.Equal(operation != "POST /dev/tokens", asks);
    }

    [Theory]
    [InlineData("health/live")]
    [InlineData("health/ready")]
    [InlineData("metrics")]
    public async Task OperatorsRoute_WithoutToken_IsAnswered(string path) => (await _office.Anonymous.GetAsync(path)).Is(200);

    [Fact]
    public async Task Metrics_AfterRequests_CountThem()
    {
        (await (await _office.AdminAsync("KZ")).GetAsync("v1/countries/CN")).Is(200);
        var metrics = (await _office.Anonymous.GetAsync("metrics")).Is(200).Text;
        Assert.Contains("http_server_request_duration_seconds_count", metrics, StringComparison.Ordinal);
        Assert.Contains("bridata_", metrics, StringComparison.Ordinal);
    }

    private static HashSet<string> AllCodes { get; } = [.. typeof(ErrorCodes).GetFields().Select(f => (string)f.GetRawConstantValue()!)];

    private static (string Method, string Path) Split(string operation) => (operation.Split(' ')[0], operation.Split(' ')[1]);

    private static string[] CodesOf(JsonElement response) =>
        [.. response.GetProperty("description").GetString()!.Split(", ").Select(c => c.Trim('`'))];

    private string[] HeadersOf(string operation)
    {
        var (method, path) = Split(operation);
        return Contract.Of(method, path).TryGetProperty("parameters", out var parameters)
            ? [.. parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "header").Select(p => p.GetProperty("name").GetString()!)]
            : [];
    }
}
