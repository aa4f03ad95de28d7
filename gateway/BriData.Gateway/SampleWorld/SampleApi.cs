using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BriData.Gateway.SampleWorld;

/// <summary>The platform's own HTTP API, used as any client would.</summary>
internal sealed class SampleApi(HttpClient http)
{
    private readonly Dictionary<(string Country, string? Agency, string Role, string Subject), string> _tokens = [];

    /// <summary>A development token, issued once and kept.</summary>
    public async Task<string> TokenAsync(string country, string? agency, string role, string subject)
    {
        if (_tokens.TryGetValue((country, agency, role, subject), out var known))
        {
            return known;
        }

        var body = new JsonObject { ["country"] = country, ["agency"] = agency, ["roles"] = new JsonArray(role), ["subject"] = subject };
        using var request = new HttpRequestMessage(HttpMethod.Post, "dev/tokens") { Content = Json(body) };
        var answer = await SendAsync(request);
        return _tokens[(country, agency, role, subject)] = answer["accessToken"]!.GetValue<string>();
    }

    public Task<JsonNode> GetAsync(string path, string token) => SendAsync(Request(HttpMethod.Get, path, token, null, null));

    public Task<JsonNode> PostAsync(string path, string token, string? key, JsonNode? body) =>
        SendAsync(Request(HttpMethod.Post, path, token, key, Json(body ?? new JsonObject())));

    public Task<JsonNode> PutAsync(string path, string token, JsonNode body) => SendAsync(Request(HttpMethod.Put, path, token, null, Json(body)));

    public Task<JsonNode> SendAsync(HttpMethod method, string path, string token, string? key, HttpContent content) =>
        SendAsync(Request(method, path, token, key, content));

    public async Task<bool> ExistsAsync(string path, string token)
    {
        using var request = Request(HttpMethod.Get, path, token, null, null);
        using var response = await http.SendAsync(request);
        return response.IsSuccessStatusCode;
    }

    public async Task<byte[]> DownloadAsync(string path, string token)
    {
        using var request = Request(HttpMethod.Get, path, token, null, null);
        using var response = await http.SendAsync(request);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsByteArrayAsync()
            : throw new SampleWorldException($"GET {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    private async Task<JsonNode> SendAsync(HttpRequestMessage request)
    {
        using var owned = request;
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new SampleWorldException($"{request.Method} {request.RequestUri}: {(int)response.StatusCode} {text}");
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string token, string? key, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return request;
    }

    private static ByteArrayContent Json(JsonNode body)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}

/// <summary>The API refused a step of the sample world.</summary>
internal sealed class SampleWorldException(string message) : Exception(message);
