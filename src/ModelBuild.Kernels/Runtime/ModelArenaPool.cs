using System;
using System.Threading;

namespace ModelBuild.Kernels;

/// <summary>
/// Lends arenas to any number of threads without a lock. It allocates only when more runs are under way than ever before. An arena that is not returned,
/// because a run threw, is lost to the garbage collector and nothing else.
/// </summary>
internal sealed class ModelArenaPool
{
    // A power of two. When more arenas are idle than this, another pool is chained behind this one; slots never move, so an arena is never in two places.
    private const int SlotCount = 16;

    private readonly ModelArena?[] _slots = new ModelArena?[SlotCount];
    private ModelArenaPool? _next;

    /// <summary>An arena that nobody else has.</summary>
    public ModelArena Rent()
    {
        // Each thread starts at a slot of its own, where it finds what it returned last, still in its cache.
        var start = Environment.CurrentManagedThreadId;
        for (var pool = this; pool is not null; pool = Volatile.Read(ref pool._next))
        {
            for (var i = 0; i < SlotCount; i++)
            {
                ref var slot = ref pool._slots[(start + i) & (SlotCount - 1)];
                if (slot is not null && Interlocked.Exchange(ref slot, null) is { } arena)
                {
                    return arena;
                }
            }
        }

        return new ModelArena();
    }

    /// <summary>Takes an arena back; the caller must not use it any more.</summary>
    public void Return(ModelArena arena)
    {
        var start = Environment.CurrentManagedThreadId;
        for (var pool = this; ; pool = pool.Next())
        {
            for (var i = 0; i < SlotCount; i++)
            {
                ref var slot = ref pool._slots[(start + i) & (SlotCount - 1)];
                if (slot is null && Interlocked.CompareExchange(ref slot, arena, null) is null)
                {
                    return;
                }
            }
        }
    }

    private ModelArenaPool Next()
    {
        if (Volatile.Read(ref _next) is null)
        {
            _ = Interlocked.CompareExchange(ref _next, new ModelArenaPool(), null);
        }

        return _next!;
    }
}
