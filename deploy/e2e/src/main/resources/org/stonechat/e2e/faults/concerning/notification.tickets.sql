not (type = 'MessageAdded' and coalesce((data ->> 'imported')::boolean, false))
