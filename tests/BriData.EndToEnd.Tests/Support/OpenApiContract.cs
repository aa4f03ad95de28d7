using System.Globalization;
using System.Text.Json;

namespace BriData.EndToEnd.Tests.Support;

/// <summary>The published description of the API, and whether an answer is one that it describes.</summary>
internal sealed class OpenApiContract
{
    private static readonly string[] Undescribed = ["/health", "/metrics", "/operator", "/openapi", "/docs", "/dev/issuers"];
    private static readonly string[] Insides = ["   at ", ".cs:line", "System.", "Exception", "Orleans.", "BriData.G"];

    private readonly Operation[] _operations;

    private OpenApiContract(JsonElement document) => _operations =
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from method in path.Value.EnumerateObject()
           select new Operation(method.Name.ToUpperInvariant(), path.Name, method.Value),
    ];

    /// <summary>The operations, <c>GET /v1/countries/{cc}</c>, sorted.</summary>
    public IEnumerable<string> Operations => _operations.Select(o => $"{o.Method} {o.Path}").Order(StringComparer.Ordinal);

    public static OpenApiContract Parse(byte[] document)
    {
        using var json = JsonDocument.Parse(document);
        return new OpenApiContract(json.RootElement.Clone());
    }

    /// <summary>The description of one operation.</summary>
    public JsonElement Of(string method, string path) => _operations.Single(o => o.Method == method && o.Path == path).Description;

    /// <summary>What is wrong with the answer, or null.</summary>
    public string? Problem(string method, string path, int status, string? mediaType, byte[] body)
    {
        if (Undescribed.Any(u => path.StartsWith(u, StringComparison.Ordinal)))
        {
            return null;
        }

        var operation = _operations.Where(o => o.Method == method && o.Matches(path)).MinBy(o => o.Parameters);
        return status < 400 ? Success(operation, status) : Failure(operation, status, mediaType, body);
    }

    private static string? Success(Operation? operation, int status) =>
        operation is null ? "the operation is not described"
        : operation.Response(status) is null ? $"status {status} is not described"
        : null;

    private static string? Failure(Operation? operation, int status, string? mediaType, byte[] body)
    {
        if (mediaType != "application/problem+json")
        {
            return $"status {status} comes as '{mediaType}'";
        }

        using var problem = JsonDocument.Parse(body);
        var code = problem.RootElement.GetProperty("code").GetString();
        if (problem.RootElement.GetProperty("status").GetInt32() != status
            || problem.RootElement.GetProperty("type").GetString() != $"urn:bridata:problem:{code}"
            || string.IsNullOrWhiteSpace(problem.RootElement.GetProperty("title").GetString())
            || string.IsNullOrWhiteSpace(problem.RootElement.GetProperty("detail").GetString()))
        {
            return "status, type, title and detail of the problem do not fit";
        }

        if (Insides.FirstOrDefault(i => problem.RootElement.GetRawText().Contains(i, StringComparison.Ordinal)) is { } inside)
        {
            return $"the problem shows the platform's inside: '{inside}'";
        }

        if (operation is null)
        {
            return code is "route_not_found" or "method_not_allowed" or "token_missing" ? null : $"'{code}' on a route that is not described";
        }

        return operation.Response(status) is { } response && response.Contains($"`{code}`", StringComparison.Ordinal)
            ? null
            : $"{status} '{code}' is not described; the description has: {operation.Response(status) ?? "no such status"}";
    }

    private sealed class Operation(string method, string path, JsonElement description)
    {
        private readonly string[] _segments = path.Split('/');

        public string Method => method;

        public string Path => path;

        public JsonElement Description => description;

        public int Parameters => _segments.Count(s => s.StartsWith('{'));

        public bool Matches(string actual)
        {
            var segments = actual.Length > 1 ? actual.TrimEnd('/').Split('/') : actual.Split('/');

            // A tile's index is written over as many segments as it needs.
            var enough = path.EndsWith("/{tile}", StringComparison.Ordinal) ? segments.Length >= _segments.Length : segments.Length == _segments.Length;
            return enough
                && segments.Zip(_segments).All(s => s.Second.StartsWith('{') ? s.First.Length > 0 : s.First == s.Second);
        }

        public string? Response(int status) =>
            description.GetProperty("responses").TryGetProperty(status.ToString(CultureInfo.InvariantCulture), out var response)
                ? response.GetProperty("description").GetString()
                : null;
    }
}
