namespace BriData.Policy.Facts;

public sealed partial class FactSet
{
    /// <summary>Largest JSON object that is read, in bytes.</summary>
    public const int MaxDocumentBytes = 64 * 1024;

    /// <summary>
    /// Reads an object of facts. Never throws on bad input: every fact at fault is reported. A set may be stated as one
    /// code; <c>regulatorStep</c> may carry its dates, as <c>"Approved(2026-01-05,2029-01-04)"</c> or as an object with
    /// <c>step</c>, <c>date</c> and <c>expires</c>.
    /// </summary>
    public static FactParseResult Parse(ReadOnlySpan<byte> utf8JsonObject) => FactReader.Read(utf8JsonObject);
}
