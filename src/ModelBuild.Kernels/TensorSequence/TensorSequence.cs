using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Sequences of tensors, held in three arrays: the elements of all tensors one after another, their sizes, and their ranks. Positions count from the end where they are
/// negative; one that is not in the sequence, and tensors that do not fit together, throw.
/// </summary>
internal static class TensorSequence
{
    /// <summary>Where the tensor at a position lies: its first element and the end, its first size and the end, its index and the next. With an insertion the position may be that behind the last.</summary>
    public static void Place(ReadOnlySpan<long> shapes, ReadOnlySpan<long> ranks, ReadOnlySpan<long> position, Span<long> y, bool isInsertion)
    {
        int index = isInsertion && position[0] == ranks.Length ? ranks.Length : AxisIndex.Resolve(position[0], ranks.Length);
        (long element, int size) = Begin(shapes, ranks, index);
        (long elementEnd, int sizeEnd) = index < ranks.Length ? Begin(shapes, ranks, index + 1) : (element, size);
        y[0] = element;
        y[1] = elementEnd;
        y[2] = size;
        y[3] = sizeEnd;
        y[4] = index;
        y[5] = Math.Min(index + 1, ranks.Length);
    }

    /// <summary>Where the tensor at a position begins and ends, and its sizes: y has two numbers more than its rank.</summary>
    public static void Element(ReadOnlySpan<long> shapes, ReadOnlySpan<long> ranks, ReadOnlySpan<long> position, Span<long> y)
    {
        int index = AxisIndex.Resolve(position[0], ranks.Length);
        if (ranks[index] != y.Length - 2)
        {
            throw new ArgumentException($"Tensor {index} of a sequence has the rank {ranks[index]} where {y.Length - 2} is expected.");
        }

        (y[0], int size) = Begin(shapes, ranks, index);
        (y[1], _) = Begin(shapes, ranks, index + 1);
        shapes.Slice(size, y.Length - 2).CopyTo(y[2..]);
    }

    /// <summary>The sizes of all tensors put together along an axis, or along a new one.</summary>
    public static void JoinedShape(ReadOnlySpan<long> shapes, ReadOnlySpan<long> ranks, Span<long> y, int axis, bool isNewAxis)
    {
        int rank = y.Length - (isNewAxis ? 1 : 0);
        if (ranks.IsEmpty)
        {
            throw new ArgumentException("A sequence without tensors cannot be put together.");
        }

        for (int i = 0; i < y.Length; i++)
        {
            y[i] = isNewAxis && i == axis ? ranks.Length : i == axis ? 0 : shapes[i - (isNewAxis && i > axis ? 1 : 0)];
        }

        for (int t = 0; t < ranks.Length; t++)
        {
            if (ranks[t] != rank)
            {
                throw new ArgumentException($"Tensor {t} of a sequence has the rank {ranks[t]} where {rank} is expected.");
            }

            for (int i = 0; i < rank; i++)
            {
                long size = shapes[(t * rank) + i];
                if (!isNewAxis && i == axis)
                {
                    y[i] += size;
                }
                else if (size != shapes[i])
                {
                    throw new ArgumentException($"Tensor {t} of a sequence has the size {size} along axis {i} where the first has {shapes[i]}.");
                }
            }
        }
    }

    /// <summary>Puts together tensors of one rank: y is [outer, length, inner]; <paramref name="axis"/> is that of the tensors, or -1 where it is new.</summary>
    public static void Join<T>(ReadOnlySpan<T> data, ReadOnlySpan<long> shapes, Span<T> y, int outer, int length, int inner, int rank, int axis)
    {
        int begin = 0;
        for (int tensor = 0; begin < length; tensor++)
        {
            int own = axis < 0 ? 1 : (int)shapes[(tensor * rank) + axis];
            for (int o = 0; o < outer; o++)
            {
                data.Slice(o * own * inner, own * inner).CopyTo(y[(((o * length) + begin) * inner)..]);
            }

            data = data[(outer * own * inner)..];
            begin += own;
        }
    }

    /// <summary>The sizes of the pieces of a tensor of some sizes.</summary>
    public static void SplitShapes(ReadOnlySpan<long> pieces, ReadOnlySpan<long> sizes, Span<long> y, int axis, bool keepsAxis)
    {
        int at = 0;
        for (int p = 0; p < pieces.Length; p++)
        {
            for (int i = 0; i < sizes.Length; i++)
            {
                if (i != axis || keepsAxis)
                {
                    y[at++] = i == axis ? pieces[p] : sizes[i];
                }
            }
        }
    }

    /// <summary>The pieces of x [outer, length, inner] one after another.</summary>
    public static void Split<T>(ReadOnlySpan<T> x, ReadOnlySpan<long> pieces, Span<T> y, int outer, int length, int inner)
    {
        long begin = 0;
        for (int p = 0; p < pieces.Length; p++)
        {
            long piece = pieces[p];
            if (piece < 0 || piece > length - begin)
            {
                throw new ArgumentException($"A piece of the size {piece} cannot be cut at {begin} of {length}.");
            }

            for (int o = 0; o < outer; o++)
            {
                x.Slice((int)((o * length) + begin) * inner, (int)piece * inner).CopyTo(y);
                y = y[((int)piece * inner)..];
            }

            begin += piece;
        }

        if (begin != length)
        {
            throw new ArgumentException($"The pieces have the size {begin} together, and the tensor {length}.");
        }
    }

    private static (long Element, int Size) Begin(ReadOnlySpan<long> shapes, ReadOnlySpan<long> ranks, int index)
    {
        long element = 0;
        int size = 0;
        for (int t = 0; t < index; t++)
        {
            long count = 1;
            for (int i = 0; i < (int)ranks[t]; i++)
            {
                count *= shapes[size++];
            }

            element += count;
        }

        return (element, size);
    }
}
