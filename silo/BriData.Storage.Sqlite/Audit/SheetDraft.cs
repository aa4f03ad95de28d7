namespace BriData.Storage.Sqlite.Audit;

/// <summary>What a transaction adds to one sheet: per term the places, ascending.</summary>
internal sealed class SheetDraft
{
    private static readonly Comparer<(TermKind Kind, byte[] Value, List<int> Places)> KeyOrder = Comparer<(TermKind Kind, byte[] Value, List<int> Places)>.Create(
        static (x, y) => x.Kind != y.Kind ? x.Kind.CompareTo(y.Kind) : x.Value.AsSpan().SequenceCompareTo(y.Value));

    private readonly Dictionary<AuditTerm, List<int>> _places = [];

    public void Add(HashSet<AuditTerm> terms, int place)
    {
        foreach (var term in terms)
        {
            if (!_places.TryGetValue(term, out var places))
            {
                _places.Add(term, places = new List<int>(1));
            }

            places.Add(place);
        }
    }

    /// <summary>The additions in the order of the table's key, so that neighbours follow each other into one page.</summary>
    public List<(TermKind Kind, byte[] Value, List<int> Places)> InKeyOrder()
    {
        var additions = new List<(TermKind Kind, byte[] Value, List<int> Places)>(_places.Count);
        foreach (var (term, places) in _places)
        {
            additions.Add((term.Kind, System.Text.Encoding.UTF8.GetBytes(term.Value), places));
        }

        additions.Sort(KeyOrder);
        return additions;
    }
}
