using System.Text.Json;
using BriData.Contracts.Agreements;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Ledger;
using BriData.Ledger.Canonical;

namespace BriData.Entries.Signatures;

/// <summary>
/// Names the terms of an agreement: SHA-256 (lower hex) of the canonical JSON of <c>data.document</c> in the entry
/// <c>agreement.drafted</c>, in which nothing is left out, parties stand in order, and members without a value are absent.
/// </summary>
internal static class AgreementDigest
{
    public static string Of(AgreementDocument document) => Hash256.OfSha256(Canonical(document)).ToString();

    /// <summary>The very bytes.</summary>
    public static byte[] Canonical(AgreementDocument document) =>
        CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(TermsReader.Complete(document), EventJson.Default.AgreementDocument));
}
