using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BriData.Benchmarks.Audit;

/// <summary>
/// Who exchanges what in the generated index: 20 countries, 60 agreements, most of the traffic between a few. Always the
/// same: everything follows from numbers.
/// </summary>
internal sealed class AuditWorld
{
    private const int AgreementCount = 60;
    private const int RulesPerCountry = 40;
    private const int OfficersPerAgency = 60;
    private const int WordCount = 3_000;

    private static readonly string[] CountryCodes =
        ["CN", "KZ", "RU", "SG", "DE", "UZ", "AE", "VN", "ID", "PK", "SA", "EG", "TR", "MY", "TH", "RS", "KE", "ZA", "BR", "KG"];

    private static readonly string[] AgencyNames = ["customs", "tax", "cert", "health", "transport"];
    private static readonly string[] DataSetNames = ["declarations", "permits", "registry", "incidents", "manifests", "inspections"];
    private static readonly string[] ReasonWords = ["the", "purpose", "transfer", "data", "personal", "important", "approval", "recipient", "grant", "condition"];

    public AuditWorld()
    {
        Countries = new Skewed<string>(CountryCodes);
        var random = new Random(17);
        Agencies = CountryCodes.ToImmutableDictionary(c => c, c => new Skewed<string>(AgencyNames.Select(a => $"{c}/{a}")));
        Rules = CountryCodes.ToImmutableDictionary(c => c, c => new Skewed<string>(Enumerable.Range(1, RulesPerCountry).Select(n => Text($"{c}:{c.ToLowerInvariant()}-{n}"))));
        DataSets = Agencies.Values.SelectMany(a => a.Values).ToImmutableDictionary(a => a, a => new Skewed<string>(DataSetNames.Select(d => $"{a}/{d}")));
        Officers = Agencies.Values.SelectMany(a => a.Values).ToImmutableDictionary(a => a, a => new Skewed<string>(Enumerable.Range(0, OfficersPerAgency).Select(n => Pseudonym(a, n))));
        Words = new Skewed<string>([.. ReasonWords, .. Enumerable.Range(0, WordCount).Select(n => Syllables(random, n))]);
        Agreements = new Skewed<AuditAgreement>(MakeAgreements(random));
        AgreementsOf = CountryCodes.ToImmutableDictionary(c => c, c => new Skewed<AuditAgreement>(Agreements.Values.Where(a => a.Parties.Contains(c))));
    }

    public Skewed<string> Countries { get; }

    public ImmutableDictionary<string, Skewed<string>> Agencies { get; }

    public ImmutableDictionary<string, Skewed<string>> DataSets { get; }

    public ImmutableDictionary<string, Skewed<string>> Officers { get; }

    public ImmutableDictionary<string, Skewed<string>> Rules { get; }

    public Skewed<string> Obligations { get; } = new(
        ["LOG_ACCESS", "DELETE_AFTER", "NO_ONWARD", "NOTIFY_BREACH", "ENCRYPT", "PURPOSE_ONLY", "KEEP_RECORDS", "ANNUAL_REPORT", "AUDIT_RIGHT", "LOCAL_COPY", "HUMAN_REVIEW", "MASK_FIELDS"]);

    public Skewed<string> Words { get; }

    public Skewed<AuditAgreement> Agreements { get; }

    /// <summary>A country's agreements, at least one; the first is its busiest.</summary>
    public ImmutableDictionary<string, Skewed<AuditAgreement>> AgreementsOf { get; }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Pseudonym(string agency, int number) =>
        "o-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text($"{agency}#{number}"))), 0, 16).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    private static string Syllables(Random random, int number)
    {
        const string Consonants = "bdfgklmnprstvz";
        const string Vowels = "aeiou";
        var word = new StringBuilder();
        for (var i = 0; i < 2 + (number % 3); i++)
        {
            word.Append(Consonants[random.Next(Consonants.Length)]).Append(Vowels[random.Next(Vowels.Length)]);
        }

        return word.Append(Consonants[number % Consonants.Length]).ToString();
    }

    private IEnumerable<AuditAgreement> MakeAgreements(Random random)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        while (taken.Count < AgreementCount)
        {
            // The last, least busy ones go round the countries, so that each has one.
            var round = taken.Count - (AgreementCount - CountryCodes.Length);
            var (one, other) = (round < 0 ? Countries.Draw(random) : CountryCodes[round], Countries.Draw(random));
            var name = AgencyNames[random.Next(AgencyNames.Length)];
            var id = $"{one}-{other}-{name}".ToLowerInvariant();
            if (one == other || !taken.Add(id))
            {
                continue;
            }

            // One in ten has a third party, which sees the agreement's own entries and not what the two exchange.
            var third = taken.Count % 10 == 0 ? CountryCodes.First(c => c != one && c != other) : null;
            ImmutableArray<string> parties = [.. new[] { one, other, third }.OfType<string>().Order(StringComparer.Ordinal)];
            yield return new AuditAgreement(id, parties, $"{one}/{name}", Agencies[other].Draw(random));
        }
    }
}
