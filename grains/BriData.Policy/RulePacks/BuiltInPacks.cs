using System.Collections.Immutable;
using System.Reflection;
using System.Text;

namespace BriData.Policy.RulePacks;

/// <summary>The rule packs and classification schemes that ship with the library, sorted by jurisdiction.</summary>
public static class BuiltInPacks
{
    private const string SchemaName = "rule-pack.schema.json";

    private static readonly Lazy<ImmutableArray<BuiltInPack>> Packs = new(LoadPacks);
    private static readonly Lazy<ReadOnlyMemory<byte>> SchemaDocument = new(() => Content(typeof(BuiltInPacks).Assembly, SchemaName));
    private static readonly Lazy<ImmutableArray<BuiltInScheme>> SchemeDocuments = new(LoadSchemes);

    /// <summary>Every pack.</summary>
    public static ImmutableArray<BuiltInPack> All => Packs.Value;

    /// <summary>Every classification scheme.</summary>
    public static ImmutableArray<BuiltInScheme> Schemes => SchemeDocuments.Value;

    /// <summary>
    /// The format of packs as a JSON Schema (draft 2020-12), UTF-8, for editors and for tools that write packs. Every pack
    /// that <see cref="RulePackParser"/> accepts is valid under it; the parser checks more.
    /// </summary>
    public static ReadOnlyMemory<byte> Schema => SchemaDocument.Value;

    /// <summary>The pack of a jurisdiction, or null.</summary>
    public static BuiltInPack? Find(string jurisdiction) => All.FirstOrDefault(pack => pack.Jurisdiction == jurisdiction);

    /// <summary>The pack that governs a country: its own, or that of the union it belongs to; null when there is neither.</summary>
    public static BuiltInPack? FindForCountry(string country) =>
        Find(country) ?? (EuropeanUnion.IsMember(country) ? Find(EuropeanUnion.Code) : null);

    /// <summary>The packs of a country's parts that have a regime of their own, such as <c>AE-DIFC</c>.</summary>
    public static IEnumerable<BuiltInPack> FindForPartsOf(string country) =>
        All.Where(pack => pack.Jurisdiction.StartsWith(country + "-", StringComparison.Ordinal));

    /// <summary>The classification scheme of a country, or null.</summary>
    public static BuiltInScheme? FindScheme(string country) => Schemes.FirstOrDefault(scheme => scheme.Country == country);

    private static ImmutableArray<BuiltInPack> LoadPacks() =>
        [.. Read("packs/").Select(file => new BuiltInPack(file.Name, VersionOf(file.Content), file.Content)).OrderBy(pack => pack.Jurisdiction, StringComparer.Ordinal)];

    // The header is enough here: parsing every pack would cost whoever needs one of them.
    private static string VersionOf(ReadOnlyMemory<byte> yaml)
    {
        const string Key = "version: ";
        foreach (var line in Encoding.UTF8.GetString(yaml.Span[..Math.Min(yaml.Length, 400)]).AsSpan().EnumerateLines())
        {
            if (line.StartsWith(Key, StringComparison.Ordinal))
            {
                return line[Key.Length..].Trim().Trim('"').ToString();
            }
        }

        throw new InvalidDataException("An embedded pack has no version in its first lines.");
    }

    private static ImmutableArray<BuiltInScheme> LoadSchemes() =>
        [.. Read("schemes/").Select(file => new BuiltInScheme(file.Name, file.Content))];

    private static IEnumerable<(string Name, ReadOnlyMemory<byte> Content)> Read(string folder)
    {
        var assembly = typeof(BuiltInPacks).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (name[folder.Length..name.LastIndexOf('.')], Content(assembly, name)));
    }

    private static ReadOnlyMemory<byte> Content(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
