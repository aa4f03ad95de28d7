using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace BriData.EndToEnd.Tests.Support;

/// <summary>Somebody who calls the API with a token, or without one.</summary>
internal sealed class Officer(HttpClient http, string? token)
{
    private static long _keys;

    public string? Token => token;

    /// <summary>A key that no other request of this run has.</summary>
    public static string NewKey() => $"key-{Interlocked.Increment(ref _keys)}";

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    /// <summary>Sends JSON with an <c>Idempotency-Key</c>, a new one unless given.</summary>
    public Task<Answer> PostAsync(string path, JsonNode? body = null, string? key = null) =>
        SendAsync(HttpMethod.Post, path, Json(body ?? new JsonObject()), ("Idempotency-Key", key ?? NewKey()));

    public Task<Answer> PutAsync(string path, JsonNode body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, path, Json(body), headers);

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await Answer.OfAsync(await http.SendAsync(request));
    }

    public static ByteArrayContent Json(JsonNode body) => Content(body.ToJsonString(), "application/json");

    public static ByteArrayContent Content(string text, string? mediaType) => Content(Encoding.UTF8.GetBytes(text), mediaType);

    public static ByteArrayContent Content(byte[] bytes, string? mediaType)
    {
        var content = new ByteArrayContent(bytes);
        if (mediaType is not null)
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        }

        return content;
    }
}
