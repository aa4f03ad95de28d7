using BriData.Ledger.Merkle;

namespace BriData.Ledger.Verification;

/// <summary>Root of a growing list of leaves by the stack algorithm of RFC 9162 section 2.1.2.</summary>
internal sealed class RootAccumulator
{
    private readonly Stack<Hash256> _stack;

    public RootAccumulator() => _stack = new Stack<Hash256>();

    /// <summary>A copy that grows on its own.</summary>
    public RootAccumulator(RootAccumulator other)
    {
        // A stack enumerates from the top, so it is copied through a reversal to keep its order.
        _stack = new Stack<Hash256>(other._stack.Reverse());
        Size = other.Size;
    }

    public long Size { get; private set; }

    public void Add(Hash256 leaf)
    {
        _stack.Push(leaf);
        for (var merges = Size++; (merges & 1) == 1; merges >>= 1)
        {
            Merge(_stack);
        }
    }

    /// <summary>Adds the root of a complete subtree of 2^<paramref name="height"/> leaves; the size so far is a multiple of their number.</summary>
    public void AddSubtree(Hash256 root, int height)
    {
        _stack.Push(root);
        for (var merges = Size >> height; (merges & 1) == 1; merges >>= 1)
        {
            Merge(_stack);
        }

        Size += 1L << height;
    }

    public Hash256 Root()
    {
        if (Size == 0)
        {
            return MerkleHash.EmptyRoot;
        }

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
