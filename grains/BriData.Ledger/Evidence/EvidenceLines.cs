using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BriData.Ledger.Evidence;

// The three kinds of lines of an evidence pack, version 1. Each line is one JSON object, ended by a newline.

/// <summary>The first line.</summary>
/// <param name="Type"><c>manifest</c>.</param>
/// <param name="Format"><see cref="EvidencePack.Format"/>.</param>
/// <param name="Country">Whose auditor asked.</param>
/// <param name="View"><c>whole</c>, or <c>limited</c> for a regulator.</param>
/// <param name="MadeAt">When, RFC 3339.</param>
/// <param name="Question">The question as asked.</param>
/// <param name="Signer">vkey of the key that signs the last line.</param>
/// <param name="Ledgers">The ledgers that entries may be of.</param>
public sealed record EvidenceManifest(
    string Type,
    string Format,
    string Country,
    string View,
    DateTimeOffset MadeAt,
    ImmutableArray<EvidenceCondition> Question,
    string Signer,
    ImmutableArray<EvidenceLedger> Ledgers);

/// <param name="Name">Name of the query parameter.</param>
/// <param name="Value">What was asked for.</param>
public sealed record EvidenceCondition(string Name, string Value);

/// <param name="Id">Ledger identifier.</param>
/// <param name="Vkey">C2SP note verifier key.</param>
/// <param name="Checkpoint">Signed checkpoint of the size that all proofs refer to.</param>
public sealed record EvidenceLedger(string Id, string Vkey, string Checkpoint);

/// <summary>An entry: either its exact bytes, or a regulator's view of it and its leaf hash.</summary>
/// <param name="Type"><c>entry</c>.</param>
/// <param name="Ledger">Ledger identifier.</param>
/// <param name="Index">Zero-based index.</param>
/// <param name="Proof">Inclusion proof (RFC 6962 section 2.1.1), base64, from the leaf's sibling up.</param>
/// <param name="Entry">The entry's bytes (UTF-8) as text; null in a limited view.</param>
/// <param name="LeafHash">RFC 6962 leaf hash, lower hex; only in a limited view.</param>
/// <param name="View">The entry without what is hidden. Nothing proves it but the platform's seal.</param>
/// <param name="Redacted">JSON pointers to what is hidden.</param>
public sealed record EvidenceEntry(
    string Type,
    string Ledger,
    long Index,
    ImmutableArray<string> Proof,
    string? Entry = null,
    string? LeafHash = null,
    JsonElement? View = null,
    ImmutableArray<string>? Redacted = null);

/// <summary>The last line.</summary>
/// <param name="Type"><c>end</c>.</param>
/// <param name="Entries">Number of entries.</param>
/// <param name="Sha256">SHA-256 of every byte before this line, lower hex.</param>
/// <param name="Note">The same, signed (<see cref="EvidenceSeal"/>).</param>
public sealed record EvidenceEnd(string Type, long Entries, string Sha256, string Note);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EvidenceManifest))]
[JsonSerializable(typeof(EvidenceEntry))]
[JsonSerializable(typeof(EvidenceEnd))]
internal sealed partial class EvidenceJson : JsonSerializerContext
{
    private static EvidenceJson? _lines;

    /// <summary>Text leaves as it is (UTF-8), not escaped for HTML.</summary>
    public static EvidenceJson Lines =>
        _lines ??= new EvidenceJson(new JsonSerializerOptions(Default.Options) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
