using System.Collections.Frozen;
using System.Collections.Immutable;
using CsvHelper;

namespace BriData.Grains.Registry;

/// <summary>The ISO 3166-1 table with names in six languages, as shipped in <c>country-codes.csv</c>.</summary>
public static class IsoCountries
{
    private static readonly (string Language, string Column, string Fallback)[] NameColumns =
    [
        ("ar", "official_name_ar", "UNTERM Arabic Short"),
        ("en", "CLDR display name", "official_name_en"),
        ("es", "official_name_es", "UNTERM Spanish Short"),
        ("fr", "official_name_fr", "UNTERM French Short"),
        ("ru", "official_name_ru", "UNTERM Russian Short"),
        ("zh", "official_name_cn", "UNTERM Chinese Short"),
    ];

    /// <summary>All countries by alpha-2 code.</summary>
    public static FrozenDictionary<string, IsoCountry> ByCode { get; } = Load().ToFrozenDictionary(c => c.Code);

    /// <summary>All countries in order of alpha-2 code.</summary>
    public static ImmutableArray<IsoCountry> All { get; } = [.. ByCode.Values.OrderBy(c => c.Code, StringComparer.Ordinal)];

    public static bool Contains(string code) => ByCode.ContainsKey(code);

    private static IEnumerable<IsoCountry> Load()
    {
        using var stream = typeof(IsoCountries).Assembly.GetManifestResourceStream("country-codes.csv")!;
        using var csv = CsvReader.Create(stream);
        while (csv.Read())
        {
            var code = csv.GetString("ISO3166-1-Alpha-2");
            if (code.Length != 2)
            {
                continue;
            }

            var names = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            foreach (var (language, column, fallback) in NameColumns)
            {
                var name = csv.GetString(column) is { Length: > 0 } first ? first : csv.GetString(fallback);
                if (!string.IsNullOrWhiteSpace(name))
                {
                    names[language] = name;
                }
            }

            yield return new IsoCountry(code, csv.GetString("ISO3166-1-Alpha-3"), names.ToImmutable());
        }
    }
}

/// <summary>A row of the ISO table.</summary>
public sealed record IsoCountry(string Code, string Alpha3, ImmutableSortedDictionary<string, string> Names);
