using BriData.Policy.Facts;

namespace BriData.Benchmarks.Rules;

/// <summary>A request as a typed object, the fastest input RulesEngine takes. A property per fact of the table, by its name.</summary>
internal sealed record StatedFacts(
    string RecipientCountry,
    string Purpose,
    string AccessMode,
    bool Ciio,
    bool CoreData,
    string DataKind,
    string ExporterKind,
    string ImportantData,
    bool LocalCopyKept,
    string OriginOfData,
    string[] PersonalCategory,
    long PersonalInfoSubjectsSinceJan1,
    bool PubliclyAvailable,
    long RecordCount,
    long SensitiveSubjectsSinceJan1)
{
    public static StatedFacts From(FactSet facts)
    {
        return new StatedFacts(
            Code("recipientCountry"),
            Code("purpose"),
            Code("accessMode"),
            Flag("ciio"),
            Flag("coreData"),
            Code("dataKind"),
            Code("exporterKind"),
            Code("importantData"),
            Flag("localCopyKept"),
            Code("originOfData"),
            [.. Get("personalCategory").AsSet()],
            Count("personalInfoSubjectsSinceJan1"),
            Flag("publiclyAvailable"),
            Count("recordCount"),
            Count("sensitiveSubjectsSinceJan1"));

        FactValue Get(string name) => facts.TryGet(name, out var value) ? value : throw new InvalidOperationException($"A request does not state {name}.");
        string Code(string name) => Get(name).AsText()!;
        bool Flag(string name) => Get(name).AsBoolean()!.Value;
        long Count(string name) => Get(name).AsInteger()!.Value;
    }
}
