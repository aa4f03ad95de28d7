using BriData.Ledger.Merkle;

namespace BriData.Ledger.Verification;

/// <summary>Root of a growing list of leaves by the stack algorithm of RFC 9162 section 2.1.2.</summary>
internal sealed class RootAccumulator
{
    private readonly Stack<Hash256> _stack = new();

    public long Size { get; private set; }

    public void Add(Hash256 leaf)
    {
        _stack.Push(leaf);
        for (var merges = Size++; (merges & 1) == 1; merges >>= 1)
        {
            Merge(_stack);
        }
    }

    public Hash256 Root()
    {
        if (Size == 0)
        {
            return MerkleHash.EmptyRoot;
        }

        // A stack enumerates from the top, so it is copied through a reversal to keep its order.
        var rest = new Stack<Hash256>(_stack.Reverse());
        while (rest.Count > 1)
        {
            Merge(rest);
        }

        return rest.Pop();
    }

    private static void Merge(Stack<Hash256> stack)
    {
        var right = stack.Pop();
        stack.Push(MerkleHash.Node(stack.Pop(), right));
    }
}
