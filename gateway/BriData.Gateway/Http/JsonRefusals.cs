using System.Text.Json;
using BriData.Contracts;

namespace BriData.Gateway.Http;

/// <summary>Turns a JSON reader's complaint into a refusal that tells malformed text, unknown fields and wrong values apart.</summary>
internal static class JsonRefusals
{
    public static Refusal From(JsonException failure, ReadOnlySpan<byte> body)
    {
        if (!IsWellFormed(body))
        {
            return new Refusal(
                ErrorCodes.MalformedJson, $"The body is not JSON: line {failure.LineNumber + 1}, byte {failure.BytePositionInLine}.");
        }

        var path = failure.Path is { Length: > 0 } p ? p : "$";
        var (code, message) = failure.Message.Contains("could not be mapped", StringComparison.Ordinal)
            ? (ErrorCodes.UnknownField, $"'{path}' is not a field of this request.")
            : failure.Message.Contains("missing required", StringComparison.Ordinal)
                ? (ErrorCodes.InvalidField, Missing(failure.Message))
                : (ErrorCodes.InvalidField, $"'{path}' has a wrong type or value.");
        return Refusal.OfField(path, code, message);
    }

    // The reader's message ends in the list of the missing members.
    private static string Missing(string message)
    {
        var colon = message.LastIndexOf("including:", StringComparison.Ordinal);
        return colon < 0 ? "A required field is missing." : $"Required fields are missing: {message[(colon + 10)..].Trim()}";
    }

    private static bool IsWellFormed(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                // Only whether it can be read to the end matters.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
