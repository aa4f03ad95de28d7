using System.Runtime.InteropServices;
using System.Text;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>What is added to the postings of one sheet: per term the places, ascending.</summary>
internal sealed class SheetDraft
{
    private static readonly Comparer<(TermKind Kind, byte[] Value, List<int> Places)> KeyOrder = Comparer<(TermKind Kind, byte[] Value, List<int> Places)>.Create(
        static (x, y) => x.Kind != y.Kind ? x.Kind.CompareTo(y.Kind) : x.Value.AsSpan().SequenceCompareTo(y.Value));

    private readonly Dictionary<AuditTerm, List<int>> _places = [];

    /// <summary>Adds a record's terms; its place is greater than those before.</summary>
    public void Add(List<AuditTerm> terms, int place)
    {
        foreach (var term in terms)
        {
            ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, term, out _);
            places ??= new List<int>(1);
            if (places.Count == 0 || places[^1] != place)
            {
                places.Add(place);
            }
        }
    }

    /// <summary>The additions in the order of the table's key, so that neighbours follow each other into one page.</summary>
    public List<(TermKind Kind, byte[] Value, List<int> Places)> InKeyOrder()
    {
        var additions = new List<(TermKind Kind, byte[] Value, List<int> Places)>(_places.Count);
        foreach (var (term, places) in _places)
        {
            additions.Add((term.Kind, Encoding.UTF8.GetBytes(term.Value), places));
        }

        additions.Sort(KeyOrder);
        return additions;
    }
}
