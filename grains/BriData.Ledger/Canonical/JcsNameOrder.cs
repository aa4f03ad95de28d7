namespace BriData.Ledger.Canonical;

/// <summary>The open objects and arrays of a writer, and the last name of each object, kept in one growing array.</summary>
internal sealed class JcsNameOrder
{
    private readonly Frame[] _frames = new Frame[CanonicalJson.MaxDepth];
    private char[] _names = new char[256];

    private struct Frame
    {
        public bool IsObject;
        public bool HasItems;
        public int NameStart;
        public int NameLength;
    }

    public int Depth { get; private set; }

    /// <summary>Whether the innermost open value is an object. Undefined at depth 0.</summary>
    public bool InObject => _frames[Depth - 1].IsObject;

    public void Clear() => Depth = 0;

    public void Push(bool isObject)
    {
        ref readonly var parent = ref _frames[Math.Max(Depth - 1, 0)];
        var start = Depth == 0 ? 0 : parent.NameStart + parent.NameLength;
        _frames[Depth++] = new Frame { IsObject = isObject, NameStart = start };
    }

    public void Pop() => Depth--;

    /// <summary>Notes that the innermost value has one more item; true if it had one before.</summary>
    public bool MarkItem()
    {
        ref var frame = ref _frames[Depth - 1];
        var had = frame.HasItems;
        frame.HasItems = true;
        return had;
    }

    /// <summary>
    /// Compares the innermost object's last name with the next in UTF-16 code units: negative when the next sorts behind
    /// it (then it is kept as the last), 0 when equal, positive when out of order.
    /// </summary>
    public int Next(ReadOnlySpan<char> name)
    {
        ref var frame = ref _frames[Depth - 1];
        if (frame.HasItems)
        {
            var order = _names.AsSpan(frame.NameStart, frame.NameLength).SequenceCompareTo(name);
            if (order >= 0)
            {
                return order;
            }
        }

        var end = frame.NameStart + name.Length;
        if (end > _names.Length)
        {
            Array.Resize(ref _names, Math.Max(end, _names.Length * 2));
        }

        name.CopyTo(_names.AsSpan(frame.NameStart));
        frame.NameLength = name.Length;
        return -1;
    }
}
