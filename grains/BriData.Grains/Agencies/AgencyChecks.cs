using System.Collections.Immutable;
using System.Text.Json;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Grains.Rules;
using BriData.Policy.Classification;
using BriData.Policy.Facts;

namespace BriData.Grains.Agencies;

/// <summary>Whether what an agency or its administrator states is well formed.</summary>
internal static class AgencyChecks
{
    private const int MaxFields = 500;

    // Together they must fit into one entry of an agreement's ledger.
    private const int MaxAgencyBytes = 8_000;
    private const int MaxDataSetBytes = 32_000;

    public static Refusal? Document(AgencyDocument document)
    {
        if (document.Names?.ContainsKey("en") != true)
        {
            return Refusal.OfField("names", ErrorCodes.InvalidField, "A name in English ('en') is needed.");
        }

        if (string.IsNullOrWhiteSpace(document.Kind) || document.Kind.Length > 48)
        {
            return Refusal.OfField("kind", ErrorCodes.InvalidField, "kind has 1 to 48 characters.");
        }

        if (JsonSerializer.SerializeToUtf8Bytes(document, EventJson.Default.AgencyDocument).Length > MaxAgencyBytes)
        {
            return new Refusal(ErrorCodes.BodyTooLarge, $"An agency's document has at most {MaxAgencyBytes} bytes.");
        }

        return document.ExporterKind is { } kind && !FactCatalog.Get("exporterKind").Values.Contains(kind)
            ? Refusal.OfField("exporterKind", ErrorCodes.InvalidField, $"'{kind}' is not a value of exporterKind.")
            : null;
    }

    /// <summary>The document with nothing left out, or the first problem.</summary>
    public static Reply<DataSetDocument> DataSet(DataSetDocument document, ClassificationScheme scheme)
    {
        var full = document with
        {
            Categories = document.Categories ?? [],
            Fields = [.. (document.Fields ?? []).Select(f => f with { Categories = f.Categories ?? [] })],
            Facts = document.Facts.Utf8.IsEmpty ? JsonText.EmptyObject : document.Facts,
        };
        if (JsonSerializer.SerializeToUtf8Bytes(full, EventJson.Default.DataSetDocument).Length > MaxDataSetBytes)
        {
            return new Refusal(ErrorCodes.BodyTooLarge, $"A data set's document has at most {MaxDataSetBytes} bytes.");
        }

        return Problem(full, scheme) is { } refusal ? refusal : full;
    }

    private static Refusal? Problem(DataSetDocument document, ClassificationScheme scheme)
    {
        if (document.Title?.ContainsKey("en") != true)
        {
            return Refusal.OfField("title", ErrorCodes.InvalidField, "A title in English ('en') is needed.");
        }

        var fields = document.Fields ?? [];
        if (fields.Length > MaxFields)
        {
            return Refusal.OfField("fields", ErrorCodes.InvalidField, $"At most {MaxFields} fields are described.");
        }

        if (document.Visibility is not ("parties" or "members"))
        {
            return Refusal.OfField("visibility", ErrorCodes.InvalidField, "visibility is 'parties' or 'members'.");
        }

        if (!DataSetReader.TrySharing(document.Tlp, out _))
        {
            return Refusal.OfField("tlp", ErrorCodes.InvalidField, "tlp is one of CLEAR, GREEN, AMBER, AMBER_STRICT, RED.");
        }

        return Classified("", document.Mark, document.Grade, document.Categories ?? [], scheme)
            ?? fields.Select((f, i) => Classified($"fields[{i}].", f.Mark, f.Grade, f.Categories ?? [], scheme)).FirstOrDefault(p => p is not null)
            ?? StatedFacts(document.Facts);
    }

    private static Refusal? Classified(
        string path, string? mark, string? grade, ImmutableArray<string> categories, ClassificationScheme scheme)
    {
        if (mark is not null && !scheme.TryGetMark(mark, out _))
        {
            return Refusal.OfField(path + "mark", ErrorCodes.UnknownMark, $"'{mark}' is not a mark of {scheme.Country}'s classification scheme.");
        }

        if (grade is not null && !DataSetReader.TryGrade(grade, out _))
        {
            return Refusal.OfField(path + "grade", ErrorCodes.InvalidField, "grade is one of general, important, core.");
        }

        return categories.FirstOrDefault(c => !DataSetReader.TryCategory(c, out _)) is { } unknown
            ? Refusal.OfField(path + "categories", ErrorCodes.InvalidField, $"'{unknown}' is not a personal-data category of the vocabulary.")
            : null;
    }

    private static Refusal? StatedFacts(JsonText facts)
    {
        var parsed = FactSet.Parse(facts.Utf8.Span);
        if (parsed.Facts is not { } stated)
        {
            return PolicyRefusals.InvalidFacts(parsed);
        }

        return AssertableFacts.Check(stated, FactSource.Exporter);
    }
}
