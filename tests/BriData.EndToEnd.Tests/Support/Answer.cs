using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace BriData.EndToEnd.Tests.Support;

/// <summary>An answer as received, read whole.</summary>
internal sealed class Answer(string request, int status, HttpResponseHeaders headers, HttpContentHeaders contentHeaders, byte[] body)
{
    private JsonElement? _json;

    public int Status => status;

    public byte[] Body => body;

    public string Text => Encoding.UTF8.GetString(body);

    public string? MediaType => contentHeaders.ContentType?.MediaType;

    public JsonElement Json => _json ??= JsonDocument.Parse(body).RootElement.Clone();

    /// <summary>The code of a problem document, or null.</summary>
    public string? Code => MediaType == "application/problem+json" ? Json.GetProperty("code").GetString() : null;

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var request = response.RequestMessage!;
            return new Answer(
                $"{request.Method} {request.RequestUri!.PathAndQuery}",
                (int)response.StatusCode,
                response.Headers,
                response.Content.Headers,
                await response.Content.ReadAsByteArrayAsync());
        }
    }

    /// <summary>The value of a header, or null.</summary>
    public string? Header(string name) =>
        headers.TryGetValues(name, out var values) || contentHeaders.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>A member as text, by its path.</summary>
    public string? Value(params ReadOnlySpan<string> path)
    {
        var element = Json;
        foreach (var name in path)
        {
            Assert.True(element.TryGetProperty(name, out var next), $"{request}: no member '{name}' in {Text}");
            element = next;
        }

        return element.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => element.GetString(),
            _ => element.GetRawText(),
        };
    }

    public long Number(params ReadOnlySpan<string> path) => long.Parse(Value(path)!, CultureInfo.InvariantCulture);

    /// <summary>The members of an array.</summary>
    public JsonElement[] List(string name) => [.. Json.GetProperty(name).EnumerateArray()];

    /// <summary>This answer, if it has the status; otherwise the test fails with what came instead.</summary>
    public Answer Is(int expected)
    {
        Assert.True(status == expected, $"{request}: expected {expected}, got {status}: {Text}");
        return this;
    }

    /// <summary>This answer, if it is a problem document (RFC 9457) with this status and code.</summary>
    public Answer IsProblem(int expected, string code)
    {
        Assert.True(
            status == expected && Code == code,
            $"{request}: expected {expected} '{code}', got {status} '{Code}' ({MediaType}): {Text}");
        return this;
    }

    public override string ToString() => $"{request}: {status} {Text}";
}
